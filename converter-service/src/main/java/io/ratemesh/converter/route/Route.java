package io.ratemesh.converter.route;

import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.route.RequestMeters.Endpoint;
import io.ratemesh.converter.route.RouteHandler.Resource;

/**
 * What happens to the requests of one path and method.
 *
 * @param endpoint its name in metrics
 * @param mediaTypes that it can respond with
 * @param parameters that its query may have
 * @param errors how it writes errors
 */
public record Route(
        Endpoint endpoint, MediaTypes mediaTypes, Parameters parameters, ErrorFormat errors, RouteHandler handler) {

    /** For every path that no route matches. */
    static final Route NOT_FOUND = rejecting(
            Endpoint.OTHER,
            ErrorFormat.PROBLEM,
            Problem.of(ProblemCode.NOT_FOUND, "there is nothing at this path; see /api/ for the paths that exist"));

    /** A route that writes its errors as problems. */
    public Route(Endpoint endpoint, MediaTypes mediaTypes, Parameters parameters, RouteHandler handler) {
        this(endpoint, mediaTypes, parameters, ErrorFormat.PROBLEM, handler);
    }

    /** A route that accepts any request and responds with the error. */
    static Route rejecting(Endpoint endpoint, ErrorFormat errors, Problem problem) {
        Resource handler = request -> {
            throw problem.exception();
        };
        return new Route(endpoint, MediaTypes.UNCHECKED, Parameters.UNCHECKED, errors, handler);
    }
}
