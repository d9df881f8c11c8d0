package io.ratemesh.balancer.upstream.health;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.HttpCheckSettings;

/** An HTTP check: sends one request and passes its response on, which has to be complete. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends the connection.
final class HttpCheck extends SimpleChannelInboundHandler<HttpObject> {

    /** In bytes: the most that is read of a response. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_PARTS = 16;

    /** Gets the response. The first call counts. */
    interface Listener {

        /**
         * The response is complete, or so much of it that no more is read.
         *
         * @param body at most {@value #MAX_BYTES} bytes
         */
        void responded(int status, ByteBuf body);

        /** What was received is no response. */
        void invalid(String why);
    }

    private final Listener listener;
    private final CompositeByteBuf body;
    private int status;
    private boolean complete;

    private HttpCheck(Listener listener, CompositeByteBuf body) {
        this.listener = listener;
        this.body = body;
    }

    /**
     * Sends the request on a connection of its own.
     *
     * @param authority host and port of the upstream
     */
    static void start(Channel channel, CheckSettings settings, String authority, Listener listener) {
        HttpCheckSettings http = settings.http();
        channel.pipeline()
                .addLast(
                        new HttpClientCodec(),
                        new HttpCheck(listener, channel.alloc().compositeBuffer(MAX_PARTS)));
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(http.method()), settings.path());
        http.headers().forEach(request.headers()::set);
        request.headers()
                .set(HttpHeaderNames.HOST, http.host().orElse(authority))
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (!http.method().equals("GET") && !http.method().equals("HEAD")) {
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        channel.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, HttpObject message) {
        if (complete) {
            return;
        }
        if (message.decoderResult().isFailure()) {
            listener.invalid(String.valueOf(message.decoderResult().cause().getMessage()));
            return;
        }
        if (message instanceof HttpResponse head) {
            status = head.status().code();
        }
        if (message instanceof HttpContent content && !HttpStatusClass.INFORMATIONAL.contains(status)) {
            int left = MAX_BYTES - body.readableBytes();
            int taken = Math.min(left, content.content().readableBytes());
            body.addComponent(true, content.content().readRetainedSlice(taken));
            if (content instanceof LastHttpContent || content.content().isReadable()) {
                complete = true;
                listener.responded(status, body);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        if (!complete) {
            listener.invalid("the connection was closed before the response was complete");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        if (!complete) {
            listener.invalid(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext from) {
        body.release();
    }
}
