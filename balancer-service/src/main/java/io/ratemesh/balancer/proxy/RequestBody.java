package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ratemesh.balancer.http.HopByHop;
import io.ratemesh.balancer.http.RequestTrailers;
import io.ratemesh.balancer.upstream.connections.RequestFraming;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes the body of a request on as it comes, no faster than its upstream takes it. */
final class RequestBody {

    private static final ByteBuf CR_LF = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n", US_ASCII));
    private static final ByteBuf LAST_CHUNK = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("0\r\n\r\n", US_ASCII));

    private final HttpServerRequest request;
    private final boolean chunked;
    private final Exchange exchange;
    private @Nullable UpstreamConnection to;

    /** Whether the client may wait for the upstream to ask for it. */
    private boolean expected;

    /**
     * Of a request that is paused.
     *
     * @param asked whether it goes on in chunks, and its client waits to be told to send it
     * @param exchange hears how many bytes went on, and when the upstream has the next word
     */
    RequestBody(HttpServerRequest request, RequestFraming asked, Exchange exchange) {
        this.request = request;
        this.chunked = asked.chunked();
        this.expected = asked.expects();
        this.exchange = exchange;
    }

    /** Begins. A client that waits to be told so is told by the upstream; one that does not wait need not be held back. */
    void begin(UpstreamConnection connection) {
        to = connection;
        request.handler(this::pass);
        request.endHandler(ignored -> end());
        request.resume();
    }

    /** Whether it has not come to its end. */
    boolean isUnderWay() {
        return to != null;
    }

    /** Whether more is to come of the client, and the upstream would take it. */
    boolean waitsForClient() {
        return to != null && !expected && !to.isFull();
    }

    /** The upstream told the client to send it. */
    void isAskedFor() {
        expected = false;
    }

    /** The upstream takes more. */
    void goOn() {
        resume();
    }

    /** Nobody wants it any more: the rest is read and thrown away. */
    void discard() {
        to = null;
        resume();
    }

    /** One of HTTP/2 that has been read to its end takes no orders any more. */
    private void resume() {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    private void pass(Buffer part) {
        UpstreamConnection connection = to;
        if (connection == null || part.length() == 0) {
            return;
        }
        expected = false;
        exchange.sent(part.length());
        ByteBuf bytes = VertxMessages.bytes(part);
        if (chunked) {
            connection.write(Unpooled.copiedBuffer(Integer.toHexString(part.length()) + "\r\n", US_ASCII));
            connection.write(bytes);
            connection.writeAndFlush(CR_LF.duplicate());
        } else {
            connection.writeAndFlush(bytes);
        }
        if (connection.isFull()) {
            exchange.waitsForUpstream(System.nanoTime());
            request.pause();
        }
    }

    private void end() {
        UpstreamConnection connection = to;
        if (connection != null) {
            to = null;
            if (chunked) {
                List<Map.Entry<String, String>> trailers = RequestTrailers.of(request);
                connection.writeAndFlush(trailers.isEmpty() ? LAST_CHUNK.duplicate() : lastChunk(trailers));
            }
            connection.bodyWritten();
            exchange.waitsForUpstream(System.nanoTime());
        }
    }

    private ByteBuf lastChunk(List<Map.Entry<String, String>> trailers) {
        Set<String> named = HopByHop.named(request.headers().getAll(HttpHeaders.CONNECTION));
        StringBuilder out = new StringBuilder("0\r\n");
        for (Map.Entry<String, String> field : trailers) {
            String name = field.getKey();
            if (!HopByHop.always(name) && !named.contains(name.toLowerCase(Locale.ROOT))) {
                out.append(name).append(": ").append(field.getValue()).append("\r\n");
            }
        }
        return Unpooled.copiedBuffer(out.append("\r\n"), ISO_8859_1);
    }
}
