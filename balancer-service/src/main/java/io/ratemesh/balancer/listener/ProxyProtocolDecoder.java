package io.ratemesh.balancer.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the header of the PROXY protocol, at any listener, hands it on as a {@link ProxyProtocolHeader} and goes. A header that is
 * invalid, or not whole in time, becomes a {@link ProxyProtocolHeader.InvalidException} once; whoever gets that ends the connection.
 */
public final class ProxyProtocolDecoder extends ByteToMessageDecoder {

    /** From the connection to the end of its header. */
    public static final Duration TIME = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocolDecoder.class);

    private @Nullable Future<?> deadline;
    private boolean whole;
    private boolean invalid;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        setSingleDecode(true);
        deadline = context.executor()
                .schedule(
                        () -> refuse(context, new ProxyProtocolHeader.InvalidException("it did not come in time")),
                        TIME.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message);
        if (whole) {
            // What came behind the header goes to who is next.
            context.pipeline().remove(this);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (invalid) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            ProxyProtocolHeader header = ProxyProtocolHeader.read(in);
            if (header != null) {
                whole = true;
                out.add(header);
            }
        } catch (ProxyProtocolHeader.InvalidException e) {
            in.skipBytes(in.readableBytes());
            refuse(context, e);
        }
    }

    private void refuse(ChannelHandlerContext context, ProxyProtocolHeader.InvalidException because) {
        invalid = true;
        LOG.debug(
                "the header of the PROXY protocol from {} is invalid: {}",
                context.channel().remoteAddress(),
                because.getMessage());
        context.fireExceptionCaught(because);
    }
}
