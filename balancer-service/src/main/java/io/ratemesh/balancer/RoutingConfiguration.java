package io.ratemesh.balancer;

import io.ratemesh.balancer.http.ErrorPages;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.node.settings.RouteSettings;
import java.util.List;

/**
 * The pools, routes and error pages in force; a reload replaces them.
 *
 * @param pools in the order of the settings, among them each route's
 */
record RoutingConfiguration(List<Pool> pools, List<RouteSettings> routes, ErrorPages errorPages) {}
