/** What Frankfurter v1 answers, from the ECB's days alone, so that its clients work by changing the base URL. */
@NullMarked
package io.ratemesh.converter.frankfurter;

import org.jspecify.annotations.NullMarked;
