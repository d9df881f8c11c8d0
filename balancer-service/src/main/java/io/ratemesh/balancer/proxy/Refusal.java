package io.ratemesh.balancer.proxy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Turns away what no upstream is to see. */
public final class Refusal {

    private Refusal() {}

    /** Answers a request that is not allowed and closes its connection; false for one that may go on. */
    public static boolean refuse(HttpServerRequest request) {
        boolean tunnel =
                request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE);
        if (!tunnel && RequestTarget.acceptable(request.uri())) {
            return false;
        }
        FailureAnswer.send(request, Failure.BAD_REQUEST, request.uri().startsWith("/api/"));
        return true;
    }
}
