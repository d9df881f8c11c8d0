package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.listener.ClientNetwork;
import io.ratemesh.balancer.listener.ConnectionLimit;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.TcpSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who may come in at a port, over all event loops. Any thread may ask. */
final class TcpAdmission {

    private final Supplier<List<AddressRange>> trusted;
    private final ConnectionLimit limit;
    private final LongAdder refused = new LongAdder();

    /**
     * Open.
     *
     * @param trusted proxies, those of now: many are behind each, so none is a client; where there are some, only they may speak the PROXY
     *     protocol
     */
    TcpAdmission(Supplier<List<AddressRange>> trusted, TcpSettings.Limits limits) {
        this.trusted = trusted;
        this.limit = new ConnectionLimit(limits.connections(), limits.connectionsPerClient());
    }

    /** Takes over other limits; who is inside may stay. */
    void use(TcpSettings.Limits limits) {
        limit.use(limits.connections(), limits.connectionsPerClient());
    }

    /**
     * Lets a connection in, before anything of it was read; null where it is refused.
     *
     * @param introduced whether it will say whose it is, by the PROXY protocol
     */
    @Nullable
    TcpSession enter(InetAddress from, boolean introduced) {
        if (introduced) {
            if (mayIntroduce(from) && limit.enter()) {
                return new TcpSession(this, true, from, null);
            }
        } else {
            Long client = client(from);
            if (client == null ? limit.enter() : limit.enter(client)) {
                return new TcpSession(this, false, from, client);
            }
        }
        refused.increment();
        return null;
    }

    /** Whom limits count there; null where it is nobody in particular. */
    @Nullable
    Long client(InetAddress at) {
        return ClientNetwork.limited(at, trusted.get());
    }

    ConnectionLimit limit() {
        return limit;
    }

    /** Connections that were refused before anything of them was read. */
    long refused() {
        return refused.sum();
    }

    private boolean mayIntroduce(InetAddress proxy) {
        List<AddressRange> now = trusted.get();
        return now.isEmpty() || AddressRange.anyContains(now, proxy);
    }
}
