package io.ratemesh.balancer.vertx;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.Native;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Keeps connections writable after the peer's FIN. Netty 4.2.18 removes a channel that waits for no event from its epoll set, as after a
 * FIN, and later assumes that it is in the set: when the kernel takes no more bytes and Netty wants to know when it does, that fails with
 * ENOENT, and the connection is lost. So after a FIN an event that never comes by itself is waited for.
 */
public final class HalfClosedChannels {

    private static final MethodHandle SET_FLAG = setFlag();

    private HalfClosedChannels() {}

    /** To be called at the event of a FIN, after which Netty clears its interest in reading. */
    public static void inputEnded(Channel channel) {
        if (channel instanceof EpollSocketChannel epoll) {
            try {
                // Edge-triggered, and no edge of anything.
                SET_FLAG.invokeExact(epoll, Native.EPOLLET);
            } catch (Throwable e) {
                channel.pipeline().fireExceptionCaught(e);
            }
        }
    }

    private static MethodHandle setFlag() {
        try {
            return MethodHandles.privateLookupIn(EpollSocketChannel.class, MethodHandles.lookup())
                    .findVirtual(EpollSocketChannel.class, "setFlag", MethodType.methodType(void.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Netty's epoll channels have changed", e);
        }
    }
}
