@NullMarked
package io.ratemesh.balancer.compression;

import org.jspecify.annotations.NullMarked;
