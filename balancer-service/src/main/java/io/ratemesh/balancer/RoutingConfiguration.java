package io.ratemesh.balancer;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.node.settings.RouteSettings;
import java.util.List;

/**
 * Where requests may go: what settings that are read again can change.
 *
 * @param pools each route's is among them
 */
record RoutingConfiguration(List<Pool> pools, List<RouteSettings> routes) {}
