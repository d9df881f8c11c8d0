/** Files that are replaced atomically and checked when read. What is in them is up to the packages book and history. */
@NullMarked
package io.ratemesh.rates.disk;

import org.jspecify.annotations.NullMarked;
