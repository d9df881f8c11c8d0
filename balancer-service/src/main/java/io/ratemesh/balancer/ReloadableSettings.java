package io.ratemesh.balancer;

import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.RestartRequired;
import io.ratemesh.node.settings.Settings;
import java.util.List;

/**
 * What a balancer can take over while it runs: pools, those of TCP ports too, routes, limits and trusted proxies. The rest is made once, at the start.
 */
final class ReloadableSettings {

    private ReloadableSettings() {}

    /** What is different and cannot be taken over, a line each; empty where all of it can. */
    static List<String> faults(Settings now, Settings next) {
        BalancerSettings old = now.balancer();
        BalancerSettings other = next.balancer();
        return RestartRequired.node(now, next)
                .same("balancer.event-loops", old.eventLoops(), other.eventLoops())
                .same("balancer.http", old.http(), other.http())
                .same("balancer.tls", old.tls(), other.tls())
                .same("balancer.h2c", old.h2c(), other.h2c())
                .same("balancer.stats", old.stats(), other.stats())
                .same("balancer.access-log", old.accessLog(), other.accessLog())
                .same("balancer.tcp", ports(old), ports(other))
                .same("balancer.static", old.statics(), other.statics())
                .faults();
    }

    private static List<String> ports(BalancerSettings settings) {
        return settings.tcp().stream()
                .map(port -> port.name() + " " + port.listen())
                .toList();
    }
}
