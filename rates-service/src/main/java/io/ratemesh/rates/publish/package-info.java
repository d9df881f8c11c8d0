/** Who leads, and how the leader's book reaches the cluster and the disk. */
@NullMarked
package io.ratemesh.rates.publish;

import org.jspecify.annotations.NullMarked;
