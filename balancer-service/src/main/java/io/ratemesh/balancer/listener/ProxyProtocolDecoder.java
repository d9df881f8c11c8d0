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
 * Reads a {@link ProxyProtocolHeader} from a connection, passes it on and removes itself. For a header that is invalid or late, it fires
 * a {@link ProxyProtocolHeader.InvalidException} once; the handler of that closes the connection.
 */
public final class ProxyProtocolDecoder extends ByteToMessageDecoder {

    /** From the start of the connection to the end of the header. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocolDecoder.class);

    private @Nullable Future<?> timer;
    private boolean complete;
    private boolean invalid;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        setSingleDecode(true);
        timer = context.executor()
                .schedule(
                        () -> reject(context, new ProxyProtocolHeader.InvalidException("it is not complete after 5 s")),
                        TIMEOUT.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message);
        if (complete) {
            // The bytes after the header go to the next handler.
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
                complete = true;
                out.add(header);
            }
        } catch (ProxyProtocolHeader.InvalidException e) {
            in.skipBytes(in.readableBytes());
            reject(context, e);
        }
    }

    private void reject(ChannelHandlerContext context, ProxyProtocolHeader.InvalidException cause) {
        invalid = true;
        LOG.debug(
                "the PROXY protocol header from {} is invalid: {}",
                context.channel().remoteAddress(),
                cause.getMessage());
        context.fireExceptionCaught(cause);
    }
}
