package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.listener.ClientNetwork;
import io.ratemesh.balancer.listener.ConnectionLimit;
import io.ratemesh.balancer.listener.ConnectionSlot;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.TcpSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Admits or refuses the connections of a listener in TCP mode, over all event loops. Thread-safe. */
final class TcpAdmission {

    private final Supplier<List<AddressRange>> trusted;
    private final ConnectionLimit limit;
    private final LongAdder refused = new LongAdder();

    /**
     * Creates an admission without connections.
     *
     * @param trusted the current trusted proxies. None of them is limited as a client; where there are some, only they may use the PROXY
     *     protocol
     */
    TcpAdmission(Supplier<List<AddressRange>> trusted, TcpSettings.Limits limits) {
        this.trusted = trusted;
        this.limit = new ConnectionLimit(limits.connections(), limits.connectionsPerClient());
    }

    /** Applies new limits. Open connections stay. */
    void configure(TcpSettings.Limits limits) {
        limit.use(limits.connections(), limits.connectionsPerClient());
    }

    /**
     * Admits a connection before anything is read from it; null where it is refused.
     *
     * @param proxied whether it starts with a header of the PROXY protocol, which will name the client
     */
    @Nullable
    TcpSession admit(InetAddress peer, boolean proxied) {
        ConnectionSlot slot = proxied && !mayProxy(peer) ? null : ConnectionSlot.acquire(limit);
        if (slot == null || !(proxied || assign(slot, peer))) {
            refused.increment();
            return null;
        }
        return new TcpSession(this, slot, proxied, peer);
    }

    /** Counts a connection for its client; false where that client has too many. */
    boolean assign(ConnectionSlot slot, InetAddress client) {
        Long network = ClientNetwork.limited(client, trusted.get());
        return network == null || slot.assign(network);
    }

    ConnectionLimit limit() {
        return limit;
    }

    /** Connections that were refused before anything was read from them. */
    long refused() {
        return refused.sum();
    }

    private boolean mayProxy(InetAddress peer) {
        List<AddressRange> now = trusted.get();
        return now.isEmpty() || AddressRange.anyContains(now, peer);
    }
}
