/** Reads nginx configurations and maps them to settings. The words are those of nginx's documentation. */
@NullMarked
package io.ratemesh.launcher.migration.nginx;

import org.jspecify.annotations.NullMarked;
