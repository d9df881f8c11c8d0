package io.ratemesh.balancer.http2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RequestTarget;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Checks the targets of HTTP/2 requests; those of HTTP/1 are checked on the wire. */
public final class Http2RequestCheck {

    private Http2RequestCheck() {}

    /** Whether a request must be rejected. The connection has other requests and stays. */
    public static boolean isInvalid(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return false;
        }
        HttpMethod method = request.method();
        return method.equals(HttpMethod.CONNECT)
                || method.equals(HttpMethod.TRACE)
                || request.authority() == null
                || target(method, request.uri()) != null;
    }

    /** The reason to reject a target: it is not a path, nor {@code *} for OPTIONS (RFC 9113 §8.3.1). */
    static @Nullable RefusalReason target(HttpMethod method, String target) {
        byte[] bytes = target.getBytes(UTF_8);
        return RequestTarget.check(bytes, 0, bytes.length, method.equals(HttpMethod.OPTIONS));
    }
}
