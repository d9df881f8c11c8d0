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
 * The HTTP response of a reader. Vert.x writes its head and its end; events bypass it and go to the channel, because with ten
 * thousand readers the garbage of Vert.x's writes is most of the work.
 *
 * <p>This is the one class of the converter that uses Vert.x and Netty internals: the channel of a {@code ConnectionBase}, the
 * handler names {@code httpEncoder} and {@code handler}, and the channel's outbound buffer. A Vert.x upgrade that changes one
 * of them fails {@code StreamTest}.
 */
final class ResponseSink extends ChannelInboundHandlerAdapter implements EventSink {

    private static final String ENCODER = "httpEncoder";
    private static final String VERTX = "handler";

    /** The kernel's send buffer, which is megabytes by default, for a reader that does not read. */
    private static final int SEND_BUFFER_BYTES = 32 * 1024;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final boolean chunked;
    private final Channel channel;
    private final ChannelHandlerContext encoder;
    private Runnable drained = () -> {};

    /** A sink for a request whose connection is open. */
    ResponseSink(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
        this.chunked = request.version() != HttpVersion.HTTP_1_0;
        this.channel = ((ConnectionBase) request.connection()).channel();
        this.encoder = Objects.requireNonNull(channel.pipeline().context(ENCODER));
    }

    /** Whether the connection is closed already, as for a request in its last bytes. */
    static boolean isClosed(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().pipeline().context(ENCODER) == null;
    }

    /**
     * Begins the response.
     *
     * @param first event, sent with the head
     * @param whenDrained called when the sink is no longer full
     */
    void begin(EncodedEvent first, Runnable whenDrained) {
        drained = whenDrained;
        set(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        channel.pipeline().addBefore(VERTX, "stream", this);
        // It does not see bytes that bypass Vert.x; StreamReader detects readers that stall.
        if (channel.pipeline().get(IdleStateHandler.class) != null) {
            channel.pipeline().remove(IdleStateHandler.class);
        }
        response.write(Buffer.buffer(first.toString()));
        // Not used any more, and a stream may last for hours.
        request.headers().clear();
        response.headers().clear();
    }

    @Override
    public boolean isFull() {
        return response.ended() || !channel.isWritable();
    }

    @Override
    public void send(EncodedEvent event) {
        if (!response.ended()) {
            ChannelFuture unused =
                    encoder.writeAndFlush(chunked ? event.chunk() : event.unframed(), encoder.voidPromise());
        }
    }

    @Override
    public int queued() {
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
     * Closes the channel below Vert.x, whose own close waits for the queued bytes. The kernel drops its bytes as well.
     */
    @Override
    public void abort() {
        set(ChannelOption.SO_LINGER, 0);
        ChannelFuture unused = encoder.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        super.channelWritabilityChanged(context);
        if (channel.isWritable()) {
            drained.run();
        }
    }

    private void set(ChannelOption<Integer> option, int value) {
        try {
            channel.config().setOption(option, value);
        } catch (ChannelException e) {
            // The client has closed the connection; Vert.x will notice.
        }
    }
}
