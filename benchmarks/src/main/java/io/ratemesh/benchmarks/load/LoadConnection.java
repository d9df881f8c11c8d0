package io.ratemesh.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection of {@link FixedRate}, with one request at a time. */
final class LoadConnection extends ChannelInboundHandlerAdapter {

    private final FixedRate load;
    private final ByteBuf request;
    private final ResponseEnds answers = new ResponseEnds();
    private @Nullable ChannelHandlerContext context;
    private long due;

    LoadConnection(FixedRate load, LoadPlan aim) {
        this.load = load;
        this.request = request(aim);
    }

    /** Sends a request that was due at {@code due}. */
    void send(long due) {
        this.due = due;
        if (context != null) {
            ChannelFuture unused = context.writeAndFlush(request.retainedDuplicate(), context.voidPromise());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        load.connected(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            int ended = answers.read((ByteBuf) message);
            if (ended > 1) {
                throw new IllegalStateException(ended + " answers to one request");
            }
            if (ended == 1) {
                load.answered(this, due);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        request.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        load.failed(new IllegalStateException("the server closed a connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        load.failed(cause);
    }

    private static ByteBuf request(LoadPlan aim) {
        StringBuilder text = new StringBuilder("GET " + aim.path() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        aim.headers().forEach(header -> text.append(header).append("\r\n"));
        byte[] bytes = text.append("\r\n").toString().getBytes(US_ASCII);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
