package io.ratemesh.converter.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * Writes a long body in slices, as fast as the client reads. In one piece it would be copied to direct memory for each
 * client, however slow; slices share the one buffer.
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
     * Ends a response with a body, in slices when it is long.
     *
     * @return completes when all is written; fails when the client has closed the connection
     */
    public static Future<Void> end(HttpServerResponse response, Buffer body) {
        if (body.length() <= SLICE_BYTES) {
            return response.end(body);
        }
        if (response.closed()) {
            // The handlers would never be called.
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
