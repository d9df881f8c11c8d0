/** HTTP requests of the launcher to the nodes of a running cluster. What the balancer serves is not here. */
@NullMarked
package io.ratemesh.launcher.client;

import org.jspecify.annotations.NullMarked;
