/**
 * Writes JSON strings without a tree, so that decimals keep their digits. JSON is read with Jackson.
 */
@NullMarked
package io.ratemesh.converter.json;

import org.jspecify.annotations.NullMarked;
