/** Providers of rates whose responses a test controls. The rates of one day of the ECB are real. */
@NullMarked
package io.ratemesh.systemtests.feed;

import org.jspecify.annotations.NullMarked;
