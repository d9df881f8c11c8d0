package io.ratemesh.balancer.listen;

import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * What the ports of all event loops share.
 *
 * @param settings of the front door
 * @param connections how many there are and may be
 * @param admission who may open one
 * @param requests how many a client may send; empty for any number
 * @param certificates of TLS; empty where there is none
 */
public record Entrance(
        BalancerSettings settings,
        ConnectionLimit connections,
        Admission admission,
        Optional<TokenBuckets> requests,
        Optional<Certificates> certificates) {

    /** Reads what has to be read; fails with a {@code StartException} where a certificate is of no use. */
    public static Future<Entrance> open(Vertx vertx, OpsEvents ops, BalancerSettings settings) {
        LimitSettings limits = settings.limits();
        ConnectionLimit connections = new ConnectionLimit(limits.connections(), limits.connectionsPerClient());
        Optional<TokenBuckets> requests = limits.requestsPerSecond() == 0
                ? Optional.empty()
                : Optional.of(new TokenBuckets(limits.requestsPerSecond(), limits.burst()));
        Future<Optional<Certificates>> certificates = settings.tls()
                .map(tls -> Certificates.open(vertx, ops, tls).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        return certificates.map(opened -> new Entrance(
                settings, connections, new Admission(connections, settings.trustedProxies()), requests, opened));
    }
}
