package io.ratemesh.converter.accesslog;

import io.ratemesh.node.accesslog.AccessLogQueue;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Logs each request once: when its response has been written or its client has closed the connection; a stream when it begins, because it
 * may last for days. Successful health checks are not logged: probes would fill the log. Runs on one event loop.
 */
public final class LoggedRequests implements Handler<HttpServerRequest> {

    private static final int OK = 200;
    private static final long NANOS_PER_MICRO = 1000;

    private final AccessLogQueue<ConverterAccessEntry> queue;
    private final Clock clock;
    private final Handler<HttpServerRequest> next;

    /** Logs the requests that {@code next} handles. */
    public LoggedRequests(AccessLogQueue<ConverterAccessEntry> queue, Clock clock, Handler<HttpServerRequest> next) {
        this.queue = queue;
        this.clock = clock;
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        LoggedRequest logged = new LoggedRequest(request, clock.instant(), System.nanoTime());
        HttpServerResponse response = request.response();
        response.headersEndHandler(sent -> {
            if (response.isChunked()) {
                logged.ended(response.getStatusCode());
            }
        });
        response.bodyEndHandler(sent -> logged.ended(response.getStatusCode()));
        // Handlers of long bodies and streams may replace this one.
        response.closeHandler(closed -> logged.ended(ConverterAccessEntry.CLIENT_CLOSED));
        next.handle(request);
    }

    /** One request; only its first end is logged. */
    private final class LoggedRequest {

        private final HttpServerRequest request;
        private final Instant time;
        private final long startNanos;
        private boolean logged;

        LoggedRequest(HttpServerRequest request, Instant time, long startNanos) {
            this.request = request;
            this.time = time;
            this.startNanos = startNanos;
        }

        void ended(int status) {
            if (logged) {
                return;
            }
            logged = true;
            if (status == OK && orEmpty(request.path()).startsWith("/health")) {
                return;
            }
            queue.add(new ConverterAccessEntry(
                    time,
                    request.method().name(),
                    orEmpty(request.path()),
                    status,
                    request.response().bytesWritten(),
                    (System.nanoTime() - startNanos) / NANOS_PER_MICRO,
                    orEmpty(IpAddresses.text(request.remoteAddress())),
                    request.getHeader("X-Forwarded-For"),
                    request.getHeader("X-Request-Id")));
        }

        private String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }
    }
}
