package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.listener.tls.CertificateSet;
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
 * What all event loops and listeners share.
 *
 * @param settings as they were at the start
 * @param listeners in the order in which statistics have them
 * @param connections the limit on open connections
 * @param admission assigns connections to clients
 * @param requests the limit on requests of each client
 * @param certificates for TLS; empty where there is none
 */
public record ListenerContext(
        BalancerSettings settings,
        List<Listener> listeners,
        ConnectionLimit connections,
        ConnectionAdmission admission,
        TokenBuckets requests,
        Optional<Certificates> certificates) {

    /** Reads the certificates; fails with a {@code StartException} where one is invalid. */
    public static Future<ListenerContext> open(Vertx vertx, OpsEvents ops, BalancerSettings settings) {
        LimitSettings limits = settings.limits();
        ConnectionLimit connections = new ConnectionLimit(limits.connections(), limits.connectionsPerClient());
        Future<Optional<Certificates>> certificates = settings.tls()
                .map(tls -> Certificates.open(vertx, ops, tls.handshake()).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        return certificates.map(opened -> new ListenerContext(
                settings,
                Listener.configured(settings, connections),
                connections,
                new ConnectionAdmission(connections, settings.trustedProxies()),
                new TokenBuckets(limits.requestsPerSecond(), limits.burst()),
                opened));
    }

    /**
     * Reads certificates, also of other settings, and changes nothing yet: empty where there is no TLS; fails with a
     * {@code SettingsException} where one is invalid.
     */
    public Future<Optional<CertificateSet>> readCertificates(BalancerSettings next) {
        if (certificates.isEmpty() || next.tls().isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return certificates.get().read(next.tls().get().handshake()).map(Optional::of);
    }

    /** The port of the first listener for a protocol; 0 where there is none, or it does not listen yet. */
    public int port(ListenerProtocol protocol) {
        return listeners.stream()
                .filter(listener -> listener.protocol() == protocol)
                .mapToInt(Listener::port)
                .findFirst()
                .orElse(0);
    }

    /**
     * Applies other limits and trusted proxies to connections and requests from now on. Each loop has limits of its own to
     * change: {@link ListenerOnLoop#use}.
     */
    public void use(LimitSettings next, List<AddressRange> trusted) {
        connections.use(next.connections(), next.connectionsPerClient());
        requests.use(next.requestsPerSecond(), next.burst());
        admission.use(trusted);
    }
}
