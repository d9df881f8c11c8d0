package io.ratemesh.balancer.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Forwards interim responses of any status (RFC 9110 §15.2). Vert.x can send only 100 and 103, so they are written to the client's
 * channel, in order with what Vert.x writes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write fails only where the connection or stream is closed already.
final class InterimResponse {

    private InterimResponse() {}

    /** Sends one without hop-by-hop fields; none to HTTP/1.0 clients, which know no interim responses. */
    static void send(HttpServerRequest request, HttpResponse head) {
        if (request.version() == HttpVersion.HTTP_1_0) {
            return;
        }
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        ResponseFields.head(head.headers(), fields);
        fields.remove(HttpHeaderNames.CONTENT_LENGTH);
        HttpConnection client = request.connection();
        if (request.version() == HttpVersion.HTTP_2) {
            overHttp2(client, request.response().streamId(), head, VertxMessages.fields(fields));
        } else {
            VertxConnections.writer(client)
                    .writeAndFlush(new DefaultFullHttpResponse(
                            io.netty.handler.codec.http.HttpVersion.HTTP_1_1,
                            head.status(),
                            Unpooled.EMPTY_BUFFER,
                            VertxMessages.fields(fields),
                            EmptyHttpHeaders.INSTANCE));
        }
    }

    private static void overHttp2(HttpConnection client, int stream, HttpResponse head, HttpHeaders fields) {
        ChannelPipeline pipeline = VertxConnections.channel(client).pipeline();
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        ChannelHandlerContext context = pipeline.context(handler);
        Http2Headers block = new DefaultHttp2Headers().status(head.status().codeAsText());
        fields.iteratorCharSequence()
                .forEachRemaining(
                        field -> block.add(AsciiString.of(field.getKey()).toLowerCase(), field.getValue()));
        handler.encoder().writeHeaders(context, stream, block, 0, false, context.newPromise());
        context.flush();
    }
}
