/**
 * The files of the browser UI in memory, in all encodings and with their response fields. Pure Java without a server, and without I/O after
 * {@link io.ratemesh.assets.AssetCatalog#load()}.
 */
@NullMarked
package io.ratemesh.assets;

import org.jspecify.annotations.NullMarked;
