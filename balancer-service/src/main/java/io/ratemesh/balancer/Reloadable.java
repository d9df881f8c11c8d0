package io.ratemesh.balancer;

import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** What a balancer can take over while it runs: pools, those of TCP ports too, and routes. The rest is made once, at the start. */
final class Reloadable {

    private Reloadable() {}

    /** What is different and cannot be taken over, a line each; empty where all of it can. */
    static List<String> faults(Settings now, Settings next) {
        List<String> faults = new ArrayList<>();
        BalancerSettings old = now.balancer();
        BalancerSettings other = next.balancer();
        same(faults, "node", now.node(), next.node());
        same(faults, "log", now.log(), next.log());
        same(faults, "cluster", now.cluster(), next.cluster());
        same(faults, "balancer.event-loops", old.eventLoops(), other.eventLoops());
        same(faults, "balancer.http", old.http(), other.http());
        same(faults, "balancer.tls", old.tls(), other.tls());
        same(faults, "balancer.h2c", old.h2c(), other.h2c());
        same(faults, "balancer.limits", old.limits(), other.limits());
        same(faults, "balancer.trusted-proxies", old.trustedProxies(), other.trustedProxies());
        same(faults, "balancer.stats", old.stats(), other.stats());
        same(faults, "balancer.access-log", old.accessLog(), other.accessLog());
        same(faults, "balancer.tcp", ports(old), ports(other));
        same(faults, "balancer.static", old.statics(), other.statics());
        return faults;
    }

    private static List<String> ports(BalancerSettings settings) {
        return settings.tcp().stream()
                .map(port -> port.name() + " " + port.listen())
                .toList();
    }

    private static void same(List<String> faults, String key, Object now, Object next) {
        if (!now.equals(next)) {
            faults.add(key + ": has changed (expected: as it was; restart the node to change it)");
        }
    }
}
