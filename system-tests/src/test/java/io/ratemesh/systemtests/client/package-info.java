/** Common programs as clients of the balancer, or as proxies in front of it. Java clients are in the package http. */
@NullMarked
package io.ratemesh.systemtests.client;

import org.jspecify.annotations.NullMarked;
