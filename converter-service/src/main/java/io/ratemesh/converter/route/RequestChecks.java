package io.ratemesh.converter.route;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Checks of header fields that all routes share. */
final class RequestChecks {

    private RequestChecks() {}

    /**
     * Checks that the request has one {@code Host} (RFC 9112 §3.2); Vert.x accepts others.
     *
     * @throws ProblemException with {@code bad-request}
     */
    static void host(HttpServerRequest request) {
        int count = request.headers().getAll(HttpHeaders.HOST).size();
        if (count != 1 && request.version() == HttpVersion.HTTP_1_1) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "Host: " + count + " fields; send one")
                    .exception();
        }
    }

    /**
     * Checks {@code Host} for vertx-web, which logs an error for an invalid one. An HTTP/1.0 request may have none, as
     * HAProxy's health checks do; it is then set.
     *
     * @throws ProblemException with {@code bad-request}
     */
    static void hostForRouter(HttpServerRequest request) {
        host(request);
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null) {
            request.headers().set(HttpHeaders.HOST, "localhost");
        } else if (request.authority() == null) {
            throw Problem.of(
                            ProblemCode.BAD_REQUEST,
                            "Host: " + Problem.shown(host) + " is not a valid host; use a name and an optional port")
                    .exception();
        }
    }

    /** The value of {@code Accept}; empty when there is none. */
    static String accept(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT) == null
                ? ""
                : String.join(",", request.headers().getAll(HttpHeaders.ACCEPT));
    }

    /** The response, or 304 when {@code If-None-Match} names its entity tag. */
    static ApiResponse conditional(HttpServerRequest request, ApiResponse response) {
        boolean matches = request.getHeader(HttpHeaders.IF_NONE_MATCH) != null
                && response.entityTag() != null
                && EntityTag.matches(
                        String.join(",", request.headers().getAll(HttpHeaders.IF_NONE_MATCH)), response.entityTag());
        return matches ? response.notModified() : response;
    }
}
