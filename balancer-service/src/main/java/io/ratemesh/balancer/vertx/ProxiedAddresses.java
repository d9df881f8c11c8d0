package io.ratemesh.balancer.vertx;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The addresses that the PROXY protocol gives for a connection: Vert.x reports them instead of the socket's own. */
public final class ProxiedAddresses {

    private ProxiedAddresses() {}

    /** Sets them, before Vert.x serves the channel. Where one is null, the socket's own stays. */
    public static void set(
            Channel channel, @Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {
        set(channel, ConnectionBase.REMOTE_ADDRESS_OVERRIDE, source);
        set(channel, ConnectionBase.LOCAL_ADDRESS_OVERRIDE, destination);
    }

    private static void set(Channel channel, AttributeKey<SocketAddress> key, @Nullable InetSocketAddress address) {
        if (address != null) {
            String ip = IpAddresses.text(address.getAddress());
            channel.attr(key).set(SocketAddress.inetSocketAddress(address.getPort(), ip));
        }
    }
}
