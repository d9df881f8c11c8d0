package io.ratemesh.balancer.upstream.health;

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
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.CheckSettings.Statuses;

/** An HTTP check: sends one request and judges the status of its response, which has to be complete. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends the connection.
final class HttpCheck extends SimpleChannelInboundHandler<HttpObject> {

    /** In bytes: the most that is read of a response. */
    static final int MAX_BYTES = 64 * 1024;

    private final Statuses expected;
    private final CheckListener listener;
    private int status;
    private int read;

    private HttpCheck(Statuses expected, CheckListener listener) {
        this.expected = expected;
        this.listener = listener;
    }

    /**
     * Sends the request on a connection of its own.
     *
     * @param authority host and port of the upstream
     */
    static void start(Channel channel, CheckSettings settings, String authority, CheckListener listener) {
        channel.pipeline().addLast(new HttpClientCodec(), new HttpCheck(settings.expected(), listener));
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, settings.path());
        request.headers().set(HttpHeaderNames.HOST, authority).set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        channel.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            invalid(String.valueOf(message.decoderResult().cause().getMessage()));
            return;
        }
        if (message instanceof HttpResponse head) {
            status = head.status().code();
        }
        if (message instanceof HttpContent content && !HttpStatusClass.INFORMATIONAL.contains(status)) {
            read += content.content().readableBytes();
            if (content instanceof LastHttpContent || read > MAX_BYTES) {
                judge();
            }
        }
    }

    private void judge() {
        if (expected.include(status)) {
            listener.complete(Outcome.EXPECTED_STATUS, status, "");
        } else {
            listener.complete(Outcome.UNEXPECTED_STATUS, status, "status " + status + "; must be " + expected);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        invalid("the connection was closed before the response was complete");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        invalid(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private void invalid(String why) {
        listener.complete(Outcome.INVALID_RESPONSE, 0, why);
    }
}
