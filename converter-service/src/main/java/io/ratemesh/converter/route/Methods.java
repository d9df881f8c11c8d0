package io.ratemesh.converter.route;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** The methods that a path supports. */
final class Methods {

    static final Methods GET = new Methods("GET, HEAD, OPTIONS");
    static final Methods GET_AND_POST = new Methods("GET, HEAD, POST, OPTIONS");

    private final ApiResponse options;
    private final Problem notAllowed;

    private Methods(String allow) {
        ApiResponse.Field field = new ApiResponse.Field(HttpHeaders.ALLOW, allow);
        // CORS names what any path may support: a browser caches it once for all.
        this.options = ApiResponse.empty(List.of(
                field,
                new ApiResponse.Field(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
                new ApiResponse.Field(
                        HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                        "Accept, Authorization, Cache-Control, Content-Type, If-None-Match, Last-Event-ID,"
                                + " X-Requested-With, X-Request-Id"),
                new ApiResponse.Field(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")));
        this.notAllowed = new Problem(
                ProblemCode.METHOD_NOT_ALLOWED,
                "this path does not support the request's method; use one of " + allow,
                List.of(field));
    }

    /** The response to OPTIONS, which is also the CORS preflight. */
    ApiResponse options() {
        return options;
    }

    /** The error for another method, with {@code Allow} (RFC 9110 §15.5.6). */
    Problem notAllowed() {
        return notAllowed;
    }
}
