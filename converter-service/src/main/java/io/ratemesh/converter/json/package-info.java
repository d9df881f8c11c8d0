/** Writing JSON without a tree: decimals stay the digits they are. */
@NullMarked
package io.ratemesh.converter.json;

import org.jspecify.annotations.NullMarked;
