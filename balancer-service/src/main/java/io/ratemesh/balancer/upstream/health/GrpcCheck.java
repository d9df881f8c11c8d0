package io.ratemesh.balancer.upstream.health;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.health.GrpcHealthMessages.ServingStatus;
import io.ratemesh.node.settings.HttpCheckSettings;
import org.jspecify.annotations.Nullable;

/** A gRPC check: one call of {@code grpc.health.v1.Health/Check} on a connection of its own. SERVING is a success. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends the connection.
final class GrpcCheck extends ChannelInboundHandlerAdapter {

    private static final String PATH = "/grpc.health.v1.Health/Check";
    private static final int HTTP_OK = 200;
    private static final int MAX_BYTES = 1024;
    private static final String OK = "0";

    private final CheckListener listener;
    private final ByteBuf message = Unpooled.buffer(0, MAX_BYTES);
    private int status;

    private GrpcCheck(CheckListener listener) {
        this.listener = listener;
    }

    /**
     * Makes the call.
     *
     * @param tls whether the connection has TLS
     * @param authority host and port of the upstream
     */
    static void start(
            Channel channel, HttpCheckSettings settings, boolean tls, String authority, CheckListener listener) {
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forClient().build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                        new Ended(listener));
        Channel stream = new Http2StreamChannelBootstrap(channel)
                .handler(new GrpcCheck(listener))
                .open()
                .getNow();
        Http2Headers head = new DefaultHttp2Headers()
                .method("POST")
                .scheme(tls ? "https" : "http")
                .authority(settings.host().orElse(authority))
                .path(PATH)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/grpc")
                .set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
        settings.headers().forEach((name, value) -> head.set(name.toLowerCase(java.util.Locale.ROOT), value));
        stream.write(new DefaultHttp2HeadersFrame(head, false));
        stream.writeAndFlush(new DefaultHttp2DataFrame(GrpcHealthMessages.request(settings.service()), true));
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object frame) {
        try {
            if (frame instanceof Http2HeadersFrame fields) {
                fields(fields.headers(), fields.isEndStream());
            } else if (frame instanceof Http2DataFrame data) {
                if (data.content().readableBytes() > message.maxWritableBytes()) {
                    invalid("the response is too long");
                } else {
                    message.writeBytes(data.content());
                }
            }
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void fields(Http2Headers fields, boolean last) {
        if (fields.status() != null) {
            status = Integer.parseInt(fields.status().toString());
        }
        if (last && status != HTTP_OK) {
            listener.complete(Outcome.UNEXPECTED_STATUS, status, "HTTP status " + status + "; must be 200");
        } else if (last) {
            judge(fields.get("grpc-status"), fields.get("grpc-message"));
        }
    }

    private void judge(@Nullable CharSequence code, @Nullable CharSequence why) {
        if (code == null) {
            invalid("there is no grpc-status");
        } else if (!OK.contentEquals(code)) {
            listener.complete(
                    Outcome.UNEXPECTED_STATUS, status, "grpc-status " + code + (why == null ? "" : ": " + why));
        } else {
            ServingStatus serving = GrpcHealthMessages.status(message);
            boolean passed = serving == ServingStatus.SERVING;
            listener.complete(
                    passed ? Outcome.EXPECTED_STATUS : Outcome.UNEXPECTED_BODY,
                    status,
                    passed ? "" : "the service is " + serving + "; must be SERVING");
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext at, Object event) {
        if (event instanceof Http2ResetFrame) {
            invalid("the call was reset");
        }
        ReferenceCountUtil.release(event);
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

    /** The connection itself has failed. */
    private static final class Ended extends ChannelInboundHandlerAdapter {

        private final CheckListener listener;

        Ended(CheckListener listener) {
            this.listener = listener;
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object frame) {
            ReferenceCountUtil.release(frame);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
            listener.complete(Outcome.INVALID_RESPONSE, 0, String.valueOf(cause.getMessage()));
        }
    }
}
