/** A feed as somebody else would add it: in a package of their own, with what is public. */
@NullMarked
package io.ratemesh.example;

import org.jspecify.annotations.NullMarked;
