package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.listener.tls.Certificates;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * What the ports of all event loops share.
 *
 * @param settings of the front door, as it was opened
 * @param connections how many there are and may be
 * @param admission who may open one
 * @param requests how many a client may send
 * @param plainDoors who watches the port without encryption, on each loop
 * @param doors who watches the port with TLS, on each
 * @param clearTextDoors who watches the port of HTTP/2 without TLS, on each
 * @param certificates of TLS; empty where there is none
 */
public record ListenerContext(
        BalancerSettings settings,
        ConnectionLimit connections,
        ConnectionAdmission admission,
        TokenBuckets requests,
        ListenerRegistry plainDoors,
        ListenerRegistry doors,
        ListenerRegistry clearTextDoors,
        Optional<Certificates> certificates) {

    /** Reads what has to be read; fails with a {@code StartException} where a certificate is of no use. */
    public static Future<ListenerContext> open(Vertx vertx, OpsEvents ops, BalancerSettings settings) {
        LimitSettings limits = settings.limits();
        ConnectionLimit connections = new ConnectionLimit(limits.connections(), limits.connectionsPerClient());
        TokenBuckets requests = new TokenBuckets(limits.requestsPerSecond(), limits.burst());
        Future<Optional<Certificates>> certificates = settings.tls()
                .map(tls -> Certificates.open(vertx, ops, tls).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        return certificates.map(opened -> new ListenerContext(
                settings,
                connections,
                new ConnectionAdmission(connections, settings.trustedProxies()),
                requests,
                new ListenerRegistry(),
                new ListenerRegistry(),
                new ListenerRegistry(),
                opened));
    }

    /**
     * Takes over other limits and trusted proxies for all that comes from now on. The ports of each loop have to be told too
     * ({@link ListenerPorts#use}).
     */
    public void use(LimitSettings next, List<AddressRange> trusted) {
        connections.use(next.connections(), next.connectionsPerClient());
        requests.use(next.requestsPerSecond(), next.burst());
        admission.use(trusted);
    }
}
