package io.ratemesh.converter.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * A long body, written as fast as it is taken. In one piece it would be copied beside the heap whole for each reader,
 * however slow; the slices share the one that all are answered with.
 */
public final class SlicedBody {

    private static final int SLICE_BYTES = 32 * 1024;

    private final HttpServerResponse response;
    private final Buffer body;
    private final Promise<Void> ended = Promise.promise();
    private int written;

    private SlicedBody(HttpServerResponse response, Buffer body) {
        this.response = response;
        this.body = body;
    }

    /**
     * Ends a response with a body, in slices where it is long.
     *
     * @return completes when it was taken, fails when nobody is left to take it
     */
    public static Future<Void> end(HttpServerResponse response, Buffer body) {
        if (body.length() <= SLICE_BYTES) {
            return response.end(body);
        }
        if (response.closed()) {
            // Its handlers would not be called any more, and nobody would learn that it has ended.
            return Future.failedFuture("the connection was closed");
        }
        SlicedBody sliced = new SlicedBody(response, body);
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
        response.exceptionHandler(sliced.ended::tryFail);
        response.closeHandler(closed -> sliced.ended.tryFail("the connection was closed"));
        response.drainHandler(drained -> sliced.write());
        sliced.write();
        return sliced.ended.future();
    }

    private void write() {
        while (written < body.length() && !response.writeQueueFull()) {
            int end = Math.min(body.length(), written + SLICE_BYTES);
            Buffer slice = body.slice(written, end);
            written = end;
            if (end == body.length()) {
                response.end(slice).onSuccess(ended::tryComplete).onFailure(ended::tryFail);
            } else {
                response.write(slice);
            }
        }
    }
}
