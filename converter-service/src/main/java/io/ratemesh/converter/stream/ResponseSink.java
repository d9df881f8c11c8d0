package io.ratemesh.converter.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A reader's HTTP response. */
final class ResponseSink implements EventSink {

    private final HttpServerRequest request;
    private final HttpServerResponse response;

    ResponseSink(HttpServerRequest request) {
        this.request = request;
        this.response = request.response();
    }

    @Override
    public boolean full() {
        return response.ended() || response.writeQueueFull();
    }

    @Override
    public void send(Buffer event, Runnable sent) {
        if (!response.ended()) {
            response.write(event).onSuccess(ignored -> sent.run());
        }
    }

    @Override
    public void end(Buffer last) {
        if (!response.ended()) {
            response.end(last).onComplete(ignored -> request.connection().close());
        }
    }

    @Override
    public void cut() {
        request.connection().close();
    }
}
