/** Files that outlive crashes. */
@NullMarked
package io.ratemesh.rates.disk;

import org.jspecify.annotations.NullMarked;
