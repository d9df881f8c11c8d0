package io.ratemesh.converter.route;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request whose route is known, before its checks.
 *
 * @param path without the query
 * @param accept the value of {@code Accept}; empty when there is none
 * @param started {@link System#nanoTime} when its head was complete
 */
record RoutedRequest(HttpServerRequest http, String path, String accept, Route route, long started) {

    private static final Logger LOG = LoggerFactory.getLogger(RoutedRequest.class);

    /**
     * The media type of the response.
     *
     * @throws ProblemException with {@code not-acceptable}
     */
    String mediaType() {
        return route.mediaTypes().choose(path, accept);
    }

    /** The response to a request that failed; an unexpected failure is logged, and not shown to the client. */
    ApiResponse error(Throwable failure) {
        if (failure instanceof ProblemException e) {
            return route.errors().response(e.problem(), path);
        }
        LOG.error("{} {} failed", http.method(), path, failure);
        return route.errors().response(Problem.of(ProblemCode.INTERNAL, "the request failed; our log says why"), path);
    }
}
