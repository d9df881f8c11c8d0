package io.ratemesh.converter.api;

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

/** Sends answers, and counts the requests that are not fully answered. Lives on one event loop. */
final class Responder {

    private final Node node;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Handler<AsyncResult<Void>> ended = ignored -> underWay.decrementAndGet();

    Responder(Node node) {
        this.node = node;
    }

    /** How many requests are not fully answered; streams are not counted. May be read on any thread. */
    int underWay() {
        return underWay.get();
    }

    /** Counts a request that is answered later, until {@link #sendLater} or {@link #gone}. */
    void later() {
        underWay.incrementAndGet();
    }

    /** Nobody is left to answer one that was to be answered later. */
    void gone() {
        underWay.decrementAndGet();
    }

    /** Answers a request that was counted by {@link #later}, as {@link #send} does. */
    Future<Void> sendLater(HttpServerRequest request, ApiResponse answer) {
        underWay.decrementAndGet();
        return send(request, answer);
    }

    /**
     * Answers; the last answer of a node that drains ends its connection.
     *
     * @return completes when all of it was taken, fails when nobody is left to take it
     */
    Future<Void> send(HttpServerRequest request, ApiResponse answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status()).putHeader(HttpHeaders.CACHE_CONTROL, answer.cacheControl());
        if (answer.mediaType() != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
        }
        if (answer.entityTag() != null) {
            response.putHeader(HttpHeaders.ETAG, answer.entityTag());
        }
        for (ApiResponse.Field field : answer.fields()) {
            response.putHeader(field.name(), field.value());
        }
        boolean last = node.announcer().current().state() == NodeState.DRAINING;
        if (last) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        underWay.incrementAndGet();
        Future<Void> sent;
        if (HttpMethod.HEAD.equals(request.method())) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, String.valueOf(answer.body().length()));
            sent = response.end();
        } else {
            sent = SlicedBody.end(response, answer.body());
        }
        sent.onComplete(ended);
        if (last) {
            request.end().onComplete(ignored -> request.connection().shutdown());
        }
        return sent;
    }
}
