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
 * Reads the bodies of requests: each up to a length and within a time, all together within a budget of memory. What is
 * refused is read on and dropped for a while, since a connection that is closed with bytes unread is reset, and the
 * answer may be lost with it (RFC 9112 §9.6). Lives on one event loop.
 */
public final class BodyReader {

    private static final String CONTINUE = "100-continue";

    /** How long, and how much, a client may go on sending after it was refused. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private static final long MAX_DROPPED_BYTES = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final int maxBytes;
    private final Duration patience;
    private final long budget;
    private long held;

    /**
     * Reads bodies.
     *
     * @param maxBytes of one body
     * @param patience from the head of a request to the end of its body
     * @param budget bytes of all bodies that are not read to their end
     */
    public BodyReader(Vertx vertx, int maxBytes, Duration patience, long budget) {
        this.vertx = vertx;
        this.maxBytes = maxBytes;
        this.patience = patience;
        this.budget = budget;
    }

    /**
     * Reads one body, and asks for it where the client waits to be asked (RFC 9110 §10.1.1). Called in the request's
     * handler.
     *
     * @return fails with a {@link ProblemException} to be answered, or with {@link HttpClosedException} where nobody is left to answer
     */
    public Future<Buffer> read(HttpServerRequest request) {
        Reading reading = new Reading(request);
        reading.begin();
        return reading.promise.future();
    }

    /**
     * Drops the body of a request that is refused without being read. Its answer is the last on the connection, which is
     * closed once the client has sent it all, or more than it should.
     */
    public void drop(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        long allowed = request.bytesRead() + MAX_DROPPED_BYTES;
        long timer =
                vertx.setTimer(LINGER.toMillis(), late -> request.connection().close());
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
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

    private boolean tooLong(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // Netty has checked that it is a number.
        return length != null && (length.length() > 18 || Long.parseLong(length.strip()) > maxBytes);
    }

    /** One body. */
    private final class Reading {

        private final HttpServerRequest request;
        private final Promise<Buffer> promise = Promise.promise();
        private final Buffer body = Buffer.buffer();
        private long timer;

        Reading(HttpServerRequest request) {
            this.request = request;
        }

        void begin() {
            if (tooLong(request)) {
                refuse(tooLarge());
                return;
            }
            timer = vertx.setTimer(
                    patience.toMillis(),
                    late -> refuse(Problem.of(
                            ProblemCode.REQUEST_TIMEOUT,
                            "the body did not end within " + patience.toSeconds() + " s of its head")));
            request.exceptionHandler(this::broken);
            request.handler(this::chunk);
            request.endHandler(end -> {
                release();
                promise.tryComplete(body);
            });
            if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))
                    && request.version() == HttpVersion.HTTP_1_1) {
                request.response().writeContinue();
            }
        }

        /** After chunks that do not read, Vert.x has closed the connection as well: there is nobody left to answer. */
        private void broken(Throwable cause) {
            release();
            promise.tryFail(
                    cause instanceof HttpClosedException ? cause : new HttpClosedException("the body does not read"));
        }

        private void chunk(Buffer chunk) {
            if (body.length() + chunk.length() > maxBytes) {
                refuse(tooLarge());
            } else if (held + chunk.length() > budget) {
                refuse(Problem.later(ProblemCode.TOO_BUSY, "too many bodies are on their way at once"));
            } else {
                held += chunk.length();
                body.appendBuffer(chunk);
            }
        }

        private void refuse(Problem problem) {
            release();
            drop(request);
            promise.tryFail(problem.refusal());
        }

        private void release() {
            vertx.cancelTimer(timer);
            held -= body.length();
        }

        private Problem tooLarge() {
            return Problem.of(
                    ProblemCode.CONTENT_TOO_LARGE, "the body is too large (expected: up to " + maxBytes + " bytes)");
        }
    }
}
