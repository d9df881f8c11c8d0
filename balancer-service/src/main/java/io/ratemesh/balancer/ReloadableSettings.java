package io.ratemesh.balancer;

import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.RestartRequired;
import io.ratemesh.node.settings.Settings;
import java.util.List;
import java.util.Optional;

/** The settings that a running balancer can apply: pools, also those of TCP ports, routes, compression, limits, trusted proxies,
 * certificates and the scaler. */
final class ReloadableSettings {

    private ReloadableSettings() {}

    /** The other settings that differ, one line for each; a change of them requires a restart. */
    static List<String> faults(Settings now, Settings next) {
        BalancerSettings current = now.balancer();
        BalancerSettings other = next.balancer();
        return RestartRequired.node(now, next)
                .same("balancer.event-loops", current.eventLoops(), other.eventLoops())
                .same("balancer.drain-delay", current.drainDelay(), other.drainDelay())
                .same("balancer.http", current.http(), other.http())
                .same("balancer.tls", listener(current), listener(other))
                .same("balancer.h2c", current.h2c(), other.h2c())
                .same("balancer.websocket-over-http2", current.webSocketOverHttp2(), other.webSocketOverHttp2())
                .same("balancer.stats", current.stats(), other.stats())
                .same("balancer.access-log", current.accessLog(), other.accessLog())
                .same("balancer.tcp", ports(current), ports(other))
                .same("balancer.static", current.statics(), other.statics())
                .faults();
    }

    /** The part of TLS that belongs to the listener; certificates and what else handshakes need are applied. */
    private static Optional<String> listener(BalancerSettings settings) {
        return settings.tls().map(tls -> tls.listen() + " " + tls.proxyProtocol() + " " + tls.strictTransport());
    }

    private static List<String> ports(BalancerSettings settings) {
        return settings.tcp().stream()
                .map(port -> port.name() + " " + port.listen())
                .toList();
    }
}
