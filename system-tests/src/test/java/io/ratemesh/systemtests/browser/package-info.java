/** The page in Chromium. */
@NullMarked
package io.ratemesh.systemtests.browser;

import org.jspecify.annotations.NullMarked;
