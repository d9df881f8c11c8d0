package io.ratemesh.balancer.proxy;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Turns away what no upstream is to see. */
public final class Refusal {

    private Refusal() {}

    /** Answers a request that is not allowed and closes its connection; false for one that may go on. */
    public static boolean refuse(HttpServerRequest request) {
        boolean tunnel =
                request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE);
        if (!tunnel && RequestTarget.acceptable(request.uri()) && hostIsClear(request)) {
            return false;
        }
        FailureAnswer.send(request, Failure.BAD_REQUEST, request.uri().startsWith("/api/"));
        return true;
    }

    /** RFC 9112 §3.2: exactly one Host in HTTP/1.1, lest two readers of a request take it for different sites. */
    private static boolean hostIsClear(HttpServerRequest request) {
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        return hosts == 1 || (hosts == 0 && request.version() == HttpVersion.HTTP_1_0);
    }
}
