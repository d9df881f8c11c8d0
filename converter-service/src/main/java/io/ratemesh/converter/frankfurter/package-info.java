/**
 * The endpoints of Frankfurter v1, in its format and with its rounding, from the ECB's rates alone. Nothing else of
 * the API uses this package.
 */
@NullMarked
package io.ratemesh.converter.frankfurter;

import org.jspecify.annotations.NullMarked;
