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

/** Relays the body of a request as it is received, no faster than the upstream takes it. */
final class RequestBody {

    private static final ByteBuf CR_LF = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n", US_ASCII));
    private static final ByteBuf LAST_CHUNK = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("0\r\n\r\n", US_ASCII));

    private final HttpServerRequest request;
    private final boolean chunked;
    private final Exchange exchange;
    private @Nullable UpstreamConnection to;

    /** Whether the client may send it only after the upstream's 100 (Continue). */
    private boolean awaitingContinue;

    /**
     * The body of a request that is paused.
     *
     * @param exchange counts the bytes, and restarts the upstream's timeout
     */
    RequestBody(HttpServerRequest request, RequestFraming framing, Exchange exchange) {
        this.request = request;
        this.chunked = framing.chunked();
        this.awaitingContinue = framing.expects();
        this.exchange = exchange;
    }

    /** Relays to a connection. A client that waits for 100 (Continue) gets the upstream's. */
    void start(UpstreamConnection connection) {
        to = connection;
        request.handler(this::relay);
        request.endHandler(ignored -> end());
        request.resume();
    }

    /** Whether it has started and is not complete. */
    boolean isUnderWay() {
        return to != null;
    }

    /** Whether the client has to send more, and the upstream would take it. */
    boolean isAwaitingClient() {
        return to != null && !awaitingContinue && !to.isFull();
    }

    /** The upstream has sent 100 (Continue). */
    void continueReceived() {
        awaitingContinue = false;
    }

    /** The rest is read and discarded. */
    void discard() {
        to = null;
        resume();
    }

    /** The upstream takes more. */
    void resume() {
        // A complete request over HTTP/2 cannot be resumed.
        if (!request.isEnded()) {
            request.resume();
        }
    }

    private void relay(Buffer part) {
        UpstreamConnection connection = to;
        if (connection == null || part.length() == 0) {
            return;
        }
        awaitingContinue = false;
        exchange.bytesSent(part.length());
        ByteBuf bytes = VertxMessages.bytes(part);
        if (chunked) {
            connection.write(Unpooled.copiedBuffer(Integer.toHexString(part.length()) + "\r\n", US_ASCII));
            connection.write(bytes);
            connection.writeAndFlush(CR_LF.duplicate());
        } else {
            connection.writeAndFlush(bytes);
        }
        if (connection.isFull()) {
            exchange.restartTimeout();
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
            exchange.restartTimeout();
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
