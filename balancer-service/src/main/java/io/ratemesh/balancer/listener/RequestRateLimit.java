package io.ratemesh.balancer.listener;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/** Answers 429 (RFC 6585 §4) to a client that sends more requests than it may, and passes on all others. */
final class RequestRateLimit implements Handler<HttpServerRequest> {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String DETAIL = "This address sends more requests than one may. Try again a little later.";
    private static final String PROBLEM =
            "{\"type\":\"/api/problems/too-many-requests\",\"title\":\"Too Many Requests\",\"status\":429,"
                    + "\"detail\":\"" + DETAIL + "\",\"code\":\"too-many-requests\"}";

    /** Clients of Frankfurter read {@code message}. */
    private static final String PROBLEM_WITH_MESSAGE =
            PROBLEM.substring(0, PROBLEM.length() - 1) + ",\"message\":\"" + DETAIL + "\"}";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Too Many Requests</title><h1>Too Many Requests</h1><p>%s</p></html>
            """.formatted(DETAIL);

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
        arrivals.refused(request, TOO_MANY_REQUESTS);
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(waitNanos + TimeUnit.SECONDS.toNanos(1) - 1));
        HttpServerResponse response = request.response()
                .setStatusCode(TOO_MANY_REQUESTS)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Retry-After", String.valueOf(seconds));
        String target = request.uri();
        boolean frankfurter = target.equals("/v1") || target.startsWith("/v1/");
        String body = PAGE;
        if (target.startsWith("/api/") || frankfurter) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                    .putHeader("Access-Control-Allow-Origin", "*")
                    .putHeader("Access-Control-Expose-Headers", "Retry-After");
            body = frankfurter ? PROBLEM_WITH_MESSAGE : PROBLEM;
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
        // Over HTTP/2 Vert.x would send a body to HEAD as well.
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
