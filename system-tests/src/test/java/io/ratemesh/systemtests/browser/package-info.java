/** The converter page in Chromium, for the tests of the page. Other browsers are not tested. */
@NullMarked
package io.ratemesh.systemtests.browser;

import org.jspecify.annotations.NullMarked;
