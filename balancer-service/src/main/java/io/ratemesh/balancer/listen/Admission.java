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

    /** Whose connection it is, as limits count; none where it is nobody's in particular. */
    private static final AttributeKey<Long> CLIENT = AttributeKey.valueOf(Admission.class, "client");

    private static final String DECODER = "httpDecoder";
    private static final byte[] FULL =
            ("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n"
                            + "Retry-After: 1\r\n\r\n")
                    .getBytes(US_ASCII);

    private final ConnectionLimit limit;
    private final List<AddressRange> trusted;

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
        if (proxied && !trusted.isEmpty() && !mayIntroduce(channel)) {
            channel.close();
            return false;
        }
        Long client = clientAt(connection.remoteAddress());
        if (client == null ? !limit.enter() : !limit.enter(client)) {
            turnAway(connection, channel);
            return false;
        }
        channel.attr(CLIENT).set(client);
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
    static @Nullable Long client(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().attr(CLIENT).get();
    }

    private @Nullable Long clientAt(@Nullable SocketAddress remote) {
        InetAddress address = address(remote);
        if (address == null || address.isLoopbackAddress() || isTrusted(address)) {
            return null;
        }
        return ClientNetwork.of(address);
    }

    private boolean mayIntroduce(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer && isTrusted(peer.getAddress());
    }

    private boolean isTrusted(InetAddress address) {
        for (AddressRange range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
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
