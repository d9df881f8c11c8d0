package io.ratemesh.converter.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Objects;

/**
 * A reader's HTTP response. Vert.x sends its head and its end; the events between go by its encoder, straight to the
 * network, since with ten thousand readers the objects that a write through it leaves behind are most of the work. The
 * one class here that knows what is inside of a Vert.x connection.
 */
final class ResponseSink extends ChannelInboundHandlerAdapter implements EventSink {

    private static final String ENCODER = "httpEncoder";
    private static final String VERTX = "handler";

    /** What the kernel may keep for one that does not read; it would take megabytes. */
    private static final int SEND_BUFFER_BYTES = 32 * 1024;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final boolean chunked;
    private final Channel channel;
    private final ChannelHandlerContext encoder;
    private Runnable drained = () -> {};

    /** Of a request whose connection is there. */
    ResponseSink(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
        this.chunked = request.version() != HttpVersion.HTTP_1_0;
        this.channel = ((ConnectionBase) request.connection()).channel();
        this.encoder = Objects.requireNonNull(channel.pipeline().context(ENCODER));
    }

    /** Whether the connection has been taken apart already, which a request that came with its last bytes may find. */
    static boolean isGone(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().pipeline().context(ENCODER) == null;
    }

    /**
     * Begins the answer.
     *
     * @param first what is sent with the head
     * @param whenDrained called when the sink is no longer full
     */
    void begin(EncodedEvent first, Runnable whenDrained) {
        drained = whenDrained;
        tell(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        channel.pipeline().addBefore(VERTX, "stream", this);
        // It would not see what goes by it; whether a reader takes anything is watched more closely here.
        if (channel.pipeline().get(IdleStateHandler.class) != null) {
            channel.pipeline().remove(IdleStateHandler.class);
        }
        response.write(Buffer.buffer(first.toString()));
        // Read and sent: nobody needs them for the hours that a stream may last.
        request.headers().clear();
        response.headers().clear();
    }

    @Override
    public boolean full() {
        return response.ended() || !channel.isWritable();
    }

    @Override
    public void send(EncodedEvent event) {
        if (!response.ended()) {
            ChannelFuture unused = encoder.writeAndFlush(chunked ? event.chunk() : event.bare(), encoder.voidPromise());
        }
    }

    @Override
    public int waiting() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        return queue == null ? 0 : queue.size();
    }

    @Override
    public void end(EncodedEvent last) {
        if (!response.ended()) {
            response.end(Buffer.buffer(last.toString()))
                    .onComplete(ignored -> request.connection().close());
        }
    }

    /**
     * Closes below Vert.x: its own close, which a close of the channel ends in as well, waits behind what is stuck. The
     * kernel's part is dropped too.
     */
    @Override
    public void cut() {
        tell(ChannelOption.SO_LINGER, 0);
        ChannelFuture unused = encoder.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        super.channelWritabilityChanged(context);
        if (channel.isWritable()) {
            drained.run();
        }
    }

    private void tell(ChannelOption<Integer> option, int value) {
        try {
            channel.config().setOption(option, value);
        } catch (ChannelException e) {
            // The client has gone already, and Vert.x is about to hear of it.
        }
    }
}
