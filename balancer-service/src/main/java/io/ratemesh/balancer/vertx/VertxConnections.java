package io.ratemesh.balancer.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/** The Netty channel below a connection of Vert.x. */
public final class VertxConnections {

    private static final String SOCKET = "handler";

    private VertxConnections() {}

    public static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    public static Channel channel(NetSocket socket) {
        return ((NetSocketInternal) socket).channelHandlerContext().channel();
    }

    /** Where Vert.x writes: what is written here comes after all that Vert.x has written before. */
    public static ChannelHandlerContext writer(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext();
    }

    /** An attribute of a connection's channel; null where it is not set, or there is no channel. */
    public static <T> @Nullable T attribute(@Nullable HttpConnection connection, AttributeKey<T> key) {
        return connection instanceof ConnectionBase base && base.channel().hasAttr(key)
                ? base.channel().attr(key).get()
                : null;
    }

    /** Like {@link #attribute}, and clears it. */
    public static <T> @Nullable T removeAttribute(@Nullable HttpConnection connection, AttributeKey<T> key) {
        return connection instanceof ConnectionBase base && base.channel().hasAttr(key)
                ? base.channel().attr(key).getAndSet(null)
                : null;
    }

    /** Takes the channel of a socket that Vert.x has connected, with no handler. Vert.x does not use it from then on. */
    public static Channel takeChannel(NetSocket socket) {
        Channel channel = channel(socket);
        channel.pipeline().remove(SOCKET);
        return channel;
    }
}
