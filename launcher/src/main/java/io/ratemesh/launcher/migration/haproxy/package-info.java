/** Reads HAProxy configurations and maps them to settings. The words are those of HAProxy's configuration manual. */
@NullMarked
package io.ratemesh.launcher.migration.haproxy;

import org.jspecify.annotations.NullMarked;
