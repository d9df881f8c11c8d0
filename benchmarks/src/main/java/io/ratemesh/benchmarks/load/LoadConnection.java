package io.ratemesh.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection of {@link FixedRate}, with one request at a time. */
final class LoadConnection extends ChannelInboundHandlerAdapter {

    private final FixedRate load;
    private final List<ByteBuf> requests;
    private final ResponseBoundaries responses = new ResponseBoundaries();
    private @Nullable ChannelHandlerContext context;
    private int next;
    private long due;

    LoadConnection(FixedRate load, LoadPlan plan) {
        this.load = load;
        this.requests = plan.paths().stream().map(path -> request(path, plan)).toList();
    }

    /** Sends a request that was due at a time of {@link System#nanoTime()}. */
    void send(long due) {
        this.due = due;
        if (context != null) {
            ByteBuf request = requests.get(next);
            next = (next + 1) % requests.size();
            ChannelFuture unused = context.writeAndFlush(request.retainedDuplicate(), context.voidPromise());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        load.onConnected(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            int ended = responses.read((ByteBuf) message);
            if (ended > 1) {
                throw new IllegalStateException(ended + " responses to one request");
            }
            if (ended == 1) {
                load.onResponse(this, due);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        requests.forEach(ByteBuf::release);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        load.onFailure(new IllegalStateException("the server closed a connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        load.onFailure(cause);
    }

    private static ByteBuf request(String path, LoadPlan plan) {
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        plan.headers().forEach(header -> text.append(header).append("\r\n"));
        byte[] bytes = text.append("\r\n").toString().getBytes(US_ASCII);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
