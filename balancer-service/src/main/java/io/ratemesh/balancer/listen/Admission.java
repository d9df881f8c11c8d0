package io.ratemesh.balancer.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import io.ratemesh.node.settings.AddressRange;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may open a connection. All event loops share one. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
public final class Admission {

    /** Whose connection it is. */
    private static final AttributeKey<Visitor> VISITOR = AttributeKey.valueOf(Admission.class, "visitor");

    private static final String DECODER = "httpDecoder";
    private static final byte[] FULL =
            ("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n"
                            + "Retry-After: 1\r\n\r\n")
                    .getBytes(US_ASCII);

    private final ConnectionLimit limit;
    private volatile List<AddressRange> trusted;

    /**
     * Whose a connection is, as limits on requests count it, and who was trusted when that was found out. Of one event loop.
     */
    private static final class Visitor {

        private List<AddressRange> trusted;

        /** None where it is nobody's in particular. */
        private @Nullable Long client;

        Visitor(List<AddressRange> trusted, @Nullable Long client) {
            this.trusted = trusted;
            this.client = client;
        }
    }

    /**
     * Makes the rules.
     *
     * @param trusted proxies: many are behind each, so none is a client; where there are some, only they may speak the PROXY
     *     protocol
     */
    public Admission(ConnectionLimit limit, List<AddressRange> trusted) {
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
     * Lets a new connection in, or closes it.
     *
     * @param proxied whether it began with the PROXY protocol
     */
    boolean admit(HttpConnection connection, boolean proxied) {
        return admit((ConnectionBase) connection, proxied);
    }

    /** The same before anybody knows what is spoken on it. */
    boolean admit(ConnectionBase connection, boolean proxied) {
        Channel channel = connection.channel();
        List<AddressRange> now = trusted;
        if (proxied && !now.isEmpty() && !mayIntroduce(channel, now)) {
            channel.close();
            return false;
        }
        Long client = clientAt(connection.remoteAddress(), now);
        if (client == null ? !limit.enter() : !limit.enter(client)) {
            turnAway(connection, channel);
            return false;
        }
        channel.attr(VISITOR).set(new Visitor(now, client));
        channel.closeFuture().addListener(ignored -> {
            if (client == null) {
                limit.leave();
            } else {
                limit.leave(client);
            }
        });
        return true;
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
            visitor.client = clientAt(connection.remoteAddress(), now);
            visitor.trusted = now;
        }
        return visitor.client;
    }

    private static @Nullable Long clientAt(@Nullable SocketAddress remote, List<AddressRange> trusted) {
        InetAddress address = address(remote);
        return address == null ? null : ClientNetwork.limited(address, trusted);
    }

    private static boolean mayIntroduce(Channel channel, List<AddressRange> trusted) {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                && AddressRange.anyContains(trusted, peer.getAddress());
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

    private static @Nullable InetAddress address(@Nullable SocketAddress of) {
        String written = of == null ? null : of.hostAddress();
        byte[] octets = written == null ? null : NetUtil.createByteArrayFromIpAddressString(written);
        try {
            return octets == null ? null : InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
