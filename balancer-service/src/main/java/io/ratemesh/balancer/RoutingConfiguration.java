package io.ratemesh.balancer;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.node.settings.CompressionSettings;
import io.ratemesh.node.settings.RouteSettings;
import java.util.List;
import java.util.Optional;

/**
 * The pools, routes and compression in force; a reload replaces them.
 *
 * @param pools in the order of the settings, among them each route's
 * @param compression of the responses of which pools
 */
record RoutingConfiguration(List<Pool> pools, List<RouteSettings> routes, CompressionSettings compression) {

    /** How responses of a pool are compressed; empty where they are not. */
    Optional<CompressionSettings> compression(Pool pool) {
        return Optional.of(compression).filter(settings -> settings.appliesTo(pool.settings()));
    }
}
