package io.ratemesh.balancer.http2;

import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.RequestTarget;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Turns away what no upstream is to see of HTTP/2; requests of HTTP/1 were judged on the wire. */
public final class Http2RequestCheck {

    private Http2RequestCheck() {}

    /** Answers a request that is not allowed, whose connection has others on it and stays; false for one that may go on. */
    public static boolean refuse(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return false;
        }
        boolean tunnel =
                request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE);
        if (!tunnel && acceptable(request) && request.authority() != null) {
            return false;
        }
        ProxyFailure.BAD_REQUEST.send(request);
        return true;
    }

    /** A path, or for OPTIONS the server as a whole (RFC 9113 §8.3.1). */
    private static boolean acceptable(HttpServerRequest request) {
        String target = request.uri();
        return target.equals("*") ? request.method().equals(HttpMethod.OPTIONS) : RequestTarget.acceptable(target);
    }
}
