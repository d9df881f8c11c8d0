package io.ratemesh.converter.route;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.SlicedBody;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.lifecycle.Node;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends responses and counts the requests in flight. Used on one event loop. */
final class Responder {

    private final Node node;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Handler<AsyncResult<Void>> ended = ignored -> inFlight.decrementAndGet();

    Responder(Node node) {
        this.node = node;
    }

    /** Requests without a complete response, streams excluded. May be read on any thread. */
    int inFlight() {
        return inFlight.get();
    }

    /** Counts a request whose response is not available yet. */
    void begin() {
        inFlight.incrementAndGet();
    }

    /** The response is available, or no longer needed; the opposite of {@link #begin}. */
    void finish() {
        inFlight.decrementAndGet();
    }

    /**
     * Sends a response. A draining node closes the connection after it.
     *
     * @return completes when all of it is written; fails when the client has closed the connection
     */
    Future<Void> send(HttpServerRequest request, ApiResponse content) {
        HttpServerResponse response = request.response();
        response.setStatusCode(content.status()).putHeader(HttpHeaders.CACHE_CONTROL, content.cacheControl());
        if (content.mediaType() != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, content.mediaType());
        }
        if (content.entityTag() != null) {
            response.putHeader(HttpHeaders.ETAG, content.entityTag());
        }
        for (ApiResponse.Field field : content.fields()) {
            response.putHeader(field.name(), field.value());
        }
        boolean last = node.announcer().current().state() == NodeState.DRAINING;
        if (last) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        inFlight.incrementAndGet();
        Future<Void> sent;
        if (HttpMethod.HEAD.equals(request.method())) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, String.valueOf(content.body().length()));
            sent = response.end();
        } else {
            sent = SlicedBody.end(response, content.body());
        }
        sent.onComplete(ended);
        if (last) {
            request.end().onComplete(ignored -> request.connection().shutdown());
        }
        return sent;
    }
}
