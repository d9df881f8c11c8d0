package io.ratemesh.converter.access;

import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells the access log of each request once: when its answer is written, or its client is gone before that; of a stream when
 * it begins, since it may last for days.
 */
public final class LoggedRequests implements Handler<HttpServerRequest> {

    private static final long NANOS_PER_MICRO = 1000;

    private final ConverterAccessLog log;
    private final Clock clock;
    private final Handler<HttpServerRequest> next;

    /** Logs what {@code next} answers. */
    public LoggedRequests(ConverterAccessLog log, Clock clock, Handler<HttpServerRequest> next) {
        this.log = log;
        this.clock = clock;
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Watched watched = new Watched(request, clock.instant(), System.nanoTime());
        HttpServerResponse response = request.response();
        response.headersEndHandler(sent -> {
            if (response.isChunked()) {
                watched.tell(response.getStatusCode());
            }
        });
        response.bodyEndHandler(sent -> watched.tell(response.getStatusCode()));
        // Whoever answers may take this one for itself: long bodies and streams do.
        response.closeHandler(gone -> watched.tell(ConverterAccessEntry.CLIENT_GONE));
        next.handle(request);
    }

    /** One request. */
    private final class Watched {

        private final HttpServerRequest request;
        private final Instant time;
        private final long begun;
        private boolean told;

        Watched(HttpServerRequest request, Instant time, long begun) {
            this.request = request;
            this.time = time;
            this.begun = begun;
        }

        void tell(int status) {
            if (told) {
                return;
            }
            told = true;
            log.add(new ConverterAccessEntry(
                    time,
                    request.method().name(),
                    orEmpty(request.path()),
                    status,
                    request.response().bytesWritten(),
                    (System.nanoTime() - begun) / NANOS_PER_MICRO,
                    orEmpty(IpAddresses.text(request.remoteAddress())),
                    request.getHeader("X-Forwarded-For"),
                    request.getHeader("X-Request-Id")));
        }

        private String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }
    }
}
