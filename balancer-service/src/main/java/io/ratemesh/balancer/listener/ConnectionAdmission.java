package io.ratemesh.balancer.listener;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AddressRange;
import io.vertx.core.http.HttpConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the open connections of all listeners against the {@link ConnectionLimit}, and assigns each to its client. */
public final class ConnectionAdmission {

    private static final AttributeKey<Admitted> ADMITTED = AttributeKey.valueOf(ConnectionAdmission.class, "admitted");

    private final ConnectionLimit limit;
    private volatile List<AddressRange> trusted;

    /** A connection that is counted. One event loop owns it. */
    private static final class Admitted {

        private final ConnectionSlot slot;
        private @Nullable InetAddress address;

        /** The trusted proxies for which {@link #client} was determined. */
        private List<AddressRange> trusted;

        /** The client that limits on requests count; null where the address stands for many clients. */
        private @Nullable Long client;

        Admitted(ConnectionSlot slot, List<AddressRange> trusted) {
            this.slot = slot;
            this.trusted = trusted;
        }
    }

    /**
     * With the proxies that are trusted at the start.
     *
     * @param trusted a proxy stands for many clients and is not limited; where there are any, only they may send PROXY protocol
     *     headers
     */
    public ConnectionAdmission(ConnectionLimit limit, List<AddressRange> trusted) {
        this.limit = limit;
        this.trusted = trusted;
    }

    /** Trusts other proxies: for new connections at once, and for open ones from their next request on. */
    void use(List<AddressRange> others) {
        trusted = others;
    }

    /** The proxies that are trusted now. */
    public List<AddressRange> trusted() {
        return trusted;
    }

    /** Whether the peer may send a PROXY protocol header. */
    boolean maySendProxyHeader(Channel channel) {
        List<AddressRange> now = trusted;
        InetAddress peer = peer(channel);
        return now.isEmpty() || (peer != null && AddressRange.anyContains(now, peer));
    }

    /** Counts a connection until it is closed; false where it is one too many. */
    boolean accept(Channel channel) {
        ConnectionSlot slot = ConnectionSlot.acquire(limit);
        if (slot == null) {
            return false;
        }
        channel.attr(ADMITTED).set(new Admitted(slot, trusted));
        channel.closeFuture().addListener(ignored -> slot.release());
        return true;
    }

    /**
     * Assigns a connection that was accepted to its client; false where it is one too many of that client's, and then it is no
     * longer counted.
     *
     * @param source the client's address; null for the peer's
     */
    boolean assign(Channel channel, @Nullable InetSocketAddress source) {
        Admitted admitted = channel.attr(ADMITTED).get();
        admitted.address = source == null ? peer(channel) : source.getAddress();
        determineClient(admitted);
        Long client = admitted.client;
        return client == null || admitted.slot.assign(client);
    }

    /** The client of a connection; null where no limit for one client applies to it. */
    @Nullable
    Long client(HttpConnection connection) {
        Admitted admitted = VertxConnections.attribute(connection, ADMITTED);
        if (admitted == null) {
            return null;
        }
        if (admitted.trusted != trusted) {
            determineClient(admitted);
        }
        return admitted.client;
    }

    private void determineClient(Admitted admitted) {
        List<AddressRange> now = trusted;
        InetAddress address = admitted.address;
        admitted.client = address == null ? null : ClientNetwork.limited(address, now);
        admitted.trusted = now;
    }

    private static @Nullable InetAddress peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                ? IpAddresses.unmapped(peer.getAddress())
                : null;
    }
}
