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

/** Answers 429 (RFC 6585 §4) to a client that sends more requests than it may, and passes on all others. */
final class RequestRateLimit implements Handler<HttpServerRequest> {

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
    private final ListenerEvents arrivals;

    /**
     * Stands before another handler.
     *
     * @param admission knows whose a connection is
     * @param arrivals told of each refusal
     */
    RequestRateLimit(
            ConnectionAdmission admission,
            TokenBuckets buckets,
            ListenerEvents arrivals,
            Handler<HttpServerRequest> next) {
        this.admission = admission;
        this.buckets = buckets;
        this.arrivals = arrivals;
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!buckets.limits()) {
            next.handle(request);
            return;
        }
        Long client = admission.client(request.connection());
        long wait = client == null ? 0 : buckets.take(client);
        if (wait == 0) {
            next.handle(request);
        } else {
            refuse(request, wait);
        }
    }

    private void refuse(HttpServerRequest request, long waitNanos) {
        arrivals.rejected(request, TOO_MANY_REQUESTS);
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(waitNanos + TimeUnit.SECONDS.toNanos(1) - 1));
        Objects.requireNonNull(RESPONSES.get(Format.of(request)))
                .withRetryAfter(seconds)
                .send(request);
    }

    private static Map<Format, ProblemResponse> responses() {
        Map<Format, ProblemResponse> responses = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            responses.put(format, ProblemResponse.of(PROBLEM, format));
        }
        return responses;
    }
}
