package io.ratemesh.balancer;

import io.ratemesh.balancer.http.ErrorPages;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.routing.RouteAccess;
import io.ratemesh.node.lifecycle.SecretFile;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.AccessSettings;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.CompressionSettings;
import io.ratemesh.node.settings.RouteSettings;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pools, routes, compression and error pages in force; a reload replaces them.
 *
 * @param pools in the order of the settings, among them each route's
 * @param compression of the responses of which pools
 * @param affinityKey signs affinity cookies; empty where no pool has one
 * @param access who may use a route; none for everyone
 */
record RoutingConfiguration(
        List<Pool> pools,
        List<RouteSettings> routes,
        CompressionSettings compression,
        Map<RouteSettings, RouteAccess> access,
        ErrorPages errorPages,
        String affinityKey) {

    /** What is read from files for the routes; all of it, or it fails. */
    record Files(Map<RouteSettings, RouteAccess> access, ErrorPages errorPages, String affinityKey) {

        /**
         * Reads the files; not for an event loop.
         *
         * @throws SettingsException if one cannot be used
         */
        static Files read(Vertx vertx, BalancerSettings settings, TrustedProxies trusted) {
            Map<RouteSettings, RouteAccess> access = new HashMap<>();
            for (int i = 0; i < settings.routes().size(); i++) {
                RouteSettings route = settings.routes().get(i);
                if (!route.access().equals(AccessSettings.ALL)) {
                    access.put(route, RouteAccess.of(vertx, route.access(), trusted, "balancer.routes[" + i + "]"));
                }
            }
            return new Files(access, ErrorPages.read(settings.errorPages()), affinityKey(settings));
        }

        private static String affinityKey(BalancerSettings settings) {
            if (!settings.signsCookies()) {
                return "";
            }
            try {
                return SecretFile.readOrCreate(settings.affinityKeyFile(), "balancer.affinity-key-file", "key");
            } catch (StartException e) {
                throw new SettingsException(String.valueOf(e.getMessage()));
            }
        }
    }

    RoutingConfiguration(List<Pool> pools, List<RouteSettings> routes, CompressionSettings compression, Files files) {
        this(pools, routes, compression, files.access(), files.errorPages(), files.affinityKey());
    }

    /** Without anything that is read from files. */
    RoutingConfiguration(List<Pool> pools, List<RouteSettings> routes, CompressionSettings compression) {
        this(pools, routes, compression, Map.of(), ErrorPages.NONE, "");
    }

    /** How responses of a pool are compressed; empty where they are not. */
    Optional<CompressionSettings> compression(Pool pool) {
        return Optional.of(compression).filter(settings -> settings.appliesTo(pool.settings()));
    }
}
