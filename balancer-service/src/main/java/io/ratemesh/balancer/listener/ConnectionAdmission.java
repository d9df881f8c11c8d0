package io.ratemesh.balancer.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.ratemesh.balancer.http.ProblemResponse;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AddressRange;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may open a connection. All event loops share one. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
public final class ConnectionAdmission {

    /** Whose connection it is. */
    private static final AttributeKey<Visitor> VISITOR = AttributeKey.valueOf(ConnectionAdmission.class, "visitor");

    private static final String DECODER = "httpDecoder";
    private static final byte[] FULL =
            ProblemResponse.bodiless(503).withRetryAfter(1).forAnyOrigin().toHttp1(true);

    private final ConnectionLimit limit;
    private volatile List<AddressRange> trusted;

    /** Whose a connection is, and as whose it is counted. Of one event loop. */
    private static final class Visitor {

        /** Who was trusted when {@link #client} was found out. */
        private List<AddressRange> trusted;

        /** As limits on requests count it; none where it is nobody's in particular. */
        private @Nullable Long client;

        /** As the limit on connections counts it. */
        private @Nullable Long counted;

        private boolean inside = true;

        Visitor(List<AddressRange> trusted) {
            this.trusted = trusted;
        }
    }

    /**
     * Makes the rules.
     *
     * @param trusted proxies: many are behind each, so none is a client; where there are some, only they may speak the PROXY
     *     protocol
     */
    public ConnectionAdmission(ConnectionLimit limit, List<AddressRange> trusted) {
        this.limit = limit;
        this.trusted = trusted;
    }

    /** Trusts others from the next connection on, and on those that are open from their next request on. */
    void use(List<AddressRange> others) {
        trusted = others;
    }

    /** The proxies that are trusted now. */
    public List<AddressRange> trusted() {
        return trusted;
    }

    /**
     * Lets a new connection in, or closes it; before or after it is known what is spoken on it.
     *
     * @param proxied whether it began with the PROXY protocol
     */
    boolean admit(ConnectionBase connection, boolean proxied) {
        Channel channel = connection.channel();
        List<AddressRange> now = trusted;
        if (proxied && !mayIntroduce(channel, now)) {
            channel.close();
            return false;
        }
        Visitor visitor = enter(channel, now);
        if (visitor == null || !belongsTo(visitor, clientAt(address(connection.remoteAddress()), now))) {
            turnAway(connection, channel);
            return false;
        }
        return true;
    }

    /**
     * Lets in a connection that was accepted just now, or closes it without a word.
     *
     * @param proxied whether it has to begin with the PROXY protocol: it is nobody's until it is {@link #introduced}
     */
    boolean accept(Channel channel, boolean proxied) {
        List<AddressRange> now = trusted;
        Visitor visitor = proxied && !mayIntroduce(channel, now) ? null : enter(channel, now);
        if (visitor == null || !(proxied || belongsTo(visitor, clientAt(peer(channel), now)))) {
            channel.close();
            return false;
        }
        return true;
    }

    /**
     * Hears whose a connection is that was accepted, and closes it where it is one too many of that client's.
     *
     * @param source the client's address; null where it is the other side itself
     */
    boolean introduced(Channel channel, @Nullable InetAddress source) {
        Visitor visitor = channel.attr(VISITOR).get();
        List<AddressRange> now = trusted;
        InetAddress address = source == null ? peer(channel) : source;
        if (visitor == null || !belongsTo(visitor, clientAt(address, now))) {
            channel.close();
            return false;
        }
        visitor.trusted = now;
        return true;
    }

    /** Counts a connection as long as it is open; null where it is one too many. */
    private @Nullable Visitor enter(Channel channel, List<AddressRange> now) {
        if (!limit.enter()) {
            return null;
        }
        Visitor visitor = new Visitor(now);
        channel.attr(VISITOR).set(visitor);
        channel.closeFuture().addListener(ignored -> leave(visitor));
        return visitor;
    }

    /** Whether it may be one of that client's; where it may not, it is counted no more. */
    private boolean belongsTo(Visitor visitor, @Nullable Long client) {
        if (client == null) {
            return true;
        }
        visitor.inside = limit.belongsTo(client);
        visitor.client = client;
        visitor.counted = client;
        return visitor.inside;
    }

    private void leave(Visitor visitor) {
        if (!visitor.inside) {
            return;
        }
        visitor.inside = false;
        if (visitor.counted == null) {
            limit.leave();
        } else {
            limit.leave(visitor.counted);
        }
    }

    /** The client of a connection that was let in; null where it is nobody's that limits are for. */
    @Nullable
    Long client(HttpConnection connection) {
        Visitor visitor = ((ConnectionBase) connection).channel().attr(VISITOR).get();
        if (visitor == null) {
            return null;
        }
        List<AddressRange> now = trusted;
        if (visitor.trusted != now) {
            visitor.client = clientAt(address(connection.remoteAddress()), now);
            visitor.trusted = now;
        }
        return visitor.client;
    }

    private static @Nullable Long clientAt(@Nullable InetAddress address, List<AddressRange> trusted) {
        return address == null ? null : ClientNetwork.limited(address, trusted);
    }

    private static boolean mayIntroduce(Channel channel, List<AddressRange> trusted) {
        InetAddress peer = peer(channel);
        return trusted.isEmpty() || (peer != null && AddressRange.anyContains(trusted, peer));
    }

    /** Costs as little as can be said: nothing was read, and nothing will be. */
    private static void turnAway(ConnectionBase connection, Channel channel) {
        ChannelHandlerContext wire = channel.pipeline().context(DECODER);
        if (wire == null) {
            connection.close();
        } else {
            wire.writeAndFlush(Unpooled.wrappedBuffer(FULL)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static @Nullable InetAddress peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                ? IpAddresses.unmapped(peer.getAddress())
                : null;
    }

    private static @Nullable InetAddress address(@Nullable SocketAddress of) {
        String written = of == null ? null : of.hostAddress();
        return written == null ? null : IpAddresses.parse(written);
    }
}
