package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.http.ProblemDetail;
import io.ratemesh.balancer.http.ProblemResponse;
import io.ratemesh.balancer.http.ProblemResponse.Format;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Rejects the requests of a client over its rate with 429 (RFC 6585 §4), and passes on all others. */
public final class RequestRateLimit implements Handler<HttpServerRequest> {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final ProblemDetail PROBLEM = ProblemDetail.documented(
            TOO_MANY_REQUESTS,
            "too-many-requests",
            "Too Many Requests",
            "This address sends too many requests. Try again later, as Retry-After says.");
    private static final Map<Format, ProblemResponse> RESPONSES = responses();

    private final ConnectionAdmission admission;
    private final TokenBuckets buckets;
    private final Handler<HttpServerRequest> next;
    private final ListenerEvents events;

    /**
     * In front of another handler.
     *
     * @param admission assigns a connection to its client
     */
    RequestRateLimit(
            ConnectionAdmission admission,
            TokenBuckets buckets,
            ListenerEvents events,
            Handler<HttpServerRequest> next) {
        this.admission = admission;
        this.buckets = buckets;
        this.events = events;
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!buckets.isLimited()) {
            next.handle(request);
            return;
        }
        Long client = admission.client(request.connection());
        long waitNanos = client == null ? 0 : buckets.take(client);
        if (waitNanos == 0) {
            next.handle(request);
        } else {
            reject(request, waitNanos);
        }
    }

    private void reject(HttpServerRequest request, long waitNanos) {
        events.rejected(request, TOO_MANY_REQUESTS);
        tooManyRequests(Format.of(request), waitNanos).send(request);
    }

    /** The response to a client that has to wait, with {@code Retry-After} in full seconds. */
    public static ProblemResponse tooManyRequests(Format format, long waitNanos) {
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(waitNanos + TimeUnit.SECONDS.toNanos(1) - 1));
        return Objects.requireNonNull(RESPONSES.get(format)).withRetryAfter(seconds);
    }

    private static Map<Format, ProblemResponse> responses() {
        Map<Format, ProblemResponse> responses = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            responses.put(format, ProblemResponse.of(PROBLEM, format));
        }
        return responses;
    }
}
