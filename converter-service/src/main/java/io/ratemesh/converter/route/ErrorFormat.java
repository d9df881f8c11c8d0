package io.ratemesh.converter.route;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;

/** How a route writes its errors. */
@FunctionalInterface
public interface ErrorFormat {

    /** {@code application/problem+json} (RFC 9457). */
    ErrorFormat PROBLEM = Problem::response;

    /**
     * The response to a request that is rejected or fails.
     *
     * @param path of the request, without its query
     */
    ApiResponse response(Problem problem, String path);
}
