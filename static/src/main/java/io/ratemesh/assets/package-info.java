/**
 * The browser UI as it is served: every file in memory, in every encoding it was packed in, with the headers it is sent
 * with. Pure Java, nothing here does I/O after {@link io.ratemesh.assets.AssetCatalog#load()}.
 */
@NullMarked
package io.ratemesh.assets;

import org.jspecify.annotations.NullMarked;
