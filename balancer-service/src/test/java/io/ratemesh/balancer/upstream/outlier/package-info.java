@NullMarked
package io.ratemesh.balancer.upstream.outlier;

import org.jspecify.annotations.NullMarked;
