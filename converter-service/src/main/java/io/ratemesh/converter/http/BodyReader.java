package io.ratemesh.converter.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * Reads request bodies, with limits on length, time and the memory of all of them together. A rejected body is read and
 * dropped for a while: closing a connection with unread bytes resets it, and the client may lose the response (RFC 9112
 * §9.6). Used on one event loop.
 */
public final class BodyReader {

    private static final String CONTINUE = "100-continue";

    /** Holds a thousand conversions with all their fields. */
    private static final int MAX_BYTES = 256 * 1024;

    /** From the head of a request to the end of its body. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Of all incomplete bodies: a fraction of the heap. */
    private static final long MAX_TOTAL_BYTES = 32 * 1024 * 1024;

    /** How long, and how much, a client may send after it was rejected. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private static final long MAX_DROPPED_BYTES = 4 * 1024 * 1024;

    private final Vertx vertx;
    private long totalBytes;

    /** Made on the event loop that serves. */
    public BodyReader(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Reads a body, after {@code 100 Continue} if the client expects it (RFC 9110 §10.1.1). Called in the request's handler.
     *
     * @return fails with a {@link ProblemException}, or with {@link HttpClosedException} when the client has closed the connection
     */
    public Future<Buffer> read(HttpServerRequest request) {
        Reading reading = new Reading(request);
        reading.begin();
        return reading.promise.future();
    }

    /** Drops the body of a rejected request. Its response is the last on the connection. */
    public void drop(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        long allowed = request.bytesRead() + MAX_DROPPED_BYTES;
        long timer = vertx.setTimer(
                LINGER.toMillis(), ignored -> request.connection().close());
        request.exceptionHandler(closed -> vertx.cancelTimer(timer));
        request.handler(chunk -> {
            if (request.bytesRead() > allowed) {
                request.connection().close();
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            request.connection().shutdown();
        });
    }

    private static boolean isTooLong(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // Netty has checked that it is a number.
        return length != null && (length.length() > 18 || Long.parseLong(length.strip()) > MAX_BYTES);
    }

    private final class Reading {

        private final HttpServerRequest request;
        private final Promise<Buffer> promise = Promise.promise();
        private final Buffer body = Buffer.buffer();
        private long timer;

        Reading(HttpServerRequest request) {
            this.request = request;
        }

        void begin() {
            if (isTooLong(request)) {
                reject(tooLarge());
                return;
            }
            timer = vertx.setTimer(
                    TIMEOUT.toMillis(),
                    ignored -> reject(Problem.of(
                            ProblemCode.REQUEST_TIMEOUT,
                            "the body did not arrive within " + TIMEOUT.toSeconds() + " s after the head")));
            request.exceptionHandler(this::fail);
            request.handler(this::append);
            request.endHandler(end -> {
                release();
                promise.tryComplete(body);
            });
            if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))
                    && request.version() == HttpVersion.HTTP_1_1) {
                request.response().writeContinue();
            }
        }

        /** Vert.x also closes the connection after invalid chunks. */
        private void fail(Throwable cause) {
            release();
            promise.tryFail(
                    cause instanceof HttpClosedException ? cause : new HttpClosedException("the body is invalid"));
        }

        private void append(Buffer chunk) {
            if (body.length() + chunk.length() > MAX_BYTES) {
                reject(tooLarge());
            } else if (totalBytes + chunk.length() > MAX_TOTAL_BYTES) {
                reject(Problem.later(ProblemCode.TOO_BUSY, "too many request bodies at once; try again"));
            } else {
                totalBytes += chunk.length();
                body.appendBuffer(chunk);
            }
        }

        private void reject(Problem problem) {
            release();
            drop(request);
            promise.tryFail(problem.exception());
        }

        private void release() {
            vertx.cancelTimer(timer);
            totalBytes -= body.length();
        }

        private static Problem tooLarge() {
            return Problem.of(
                    ProblemCode.CONTENT_TOO_LARGE, "the body is too large; send at most " + MAX_BYTES + " bytes");
        }
    }
}
