package io.ratemesh.balancer.proxy;

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

    private final HttpServerRequest request;
    private final boolean chunked;
    private final Exchange exchange;

    /** In bytes; 0 is no limit. */
    private final int max;

    private long received;
    private @Nullable UpstreamConnection to;

    /** What was sent, where the upstream may refuse the request; null where it is not kept. */
    private @Nullable KeptBody kept;

    /** Whether the client may send it only after the upstream's 100 (Continue). */
    private boolean awaitingContinue;

    /**
     * The body of a request that is paused.
     *
     * @param exchange counts the bytes, and restarts the upstream's timeout
     * @param max its longest length in bytes; 0 is no limit
     */
    RequestBody(HttpServerRequest request, RequestFraming framing, Exchange exchange, int max) {
        this.request = request;
        this.chunked = framing.chunked();
        this.awaitingContinue = framing.expects();
        this.exchange = exchange;
        this.max = max;
    }

    /** Whether its {@code Content-Length} is larger than allowed. */
    boolean isAnnouncedTooLarge() {
        String length = max == 0 ? null : request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) > max;
    }

    /** Relays to a connection. A client that waits for 100 (Continue) gets the upstream's. */
    void start(UpstreamConnection connection) {
        to = connection;
        if (kept != null) {
            resend(connection, kept);
            return;
        }
        kept = connection.isRefusable() ? new KeptBody() : null;
        request.handler(this::relay);
        request.endHandler(ignored -> end());
        request.resume();
    }

    /** Sends what an upstream has refused to another one. */
    private void resend(UpstreamConnection connection, KeptBody all) {
        all.parts().forEach(part -> connection.sendBody(VertxMessages.bytes(part.copy()), chunked));
        if (all.isComplete()) {
            end();
        } else if (connection.isFull()) {
            request.pause();
        } else {
            resume();
        }
    }

    /** Whether all that was sent so far can be sent once more. */
    boolean isResendable() {
        return kept != null && !kept.isExceeded();
    }

    /** The upstream has acted on the request. */
    void forget() {
        kept = null;
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
        received += part.length();
        if (max > 0 && received > max) {
            exchange.bodyTooLarge();
            return;
        }
        exchange.bytesSent(part.length());
        if (kept != null) {
            kept.add(part);
        }
        connection.sendBody(VertxMessages.bytes(part), chunked);
        if (connection.isFull()) {
            exchange.restartTimeout();
            request.pause();
        }
    }

    private void end() {
        UpstreamConnection connection = to;
        if (connection != null) {
            to = null;
            if (kept != null) {
                kept.complete();
            }
            connection.endBody(chunked, chunked ? trailers() : List.of());
            exchange.restartTimeout();
        }
    }

    private List<Map.Entry<String, String>> trailers() {
        List<Map.Entry<String, String>> given = RequestTrailers.of(request);
        if (given.isEmpty()) {
            return given;
        }
        Set<String> named = HopByHop.named(request.headers().getAll(HttpHeaders.CONNECTION));
        return given.stream()
                .filter(field -> !HopByHop.always(field.getKey())
                        && !named.contains(field.getKey().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
