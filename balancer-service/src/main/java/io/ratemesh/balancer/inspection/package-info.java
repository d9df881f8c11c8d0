/** Settings before a start: faults of the files that they name, and warnings of what is valid and unwise. */
@NullMarked
package io.ratemesh.balancer.inspection;

import org.jspecify.annotations.NullMarked;
