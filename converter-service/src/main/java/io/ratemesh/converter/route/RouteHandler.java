package io.ratemesh.converter.route;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Produces the response of a route. Each kind throws {@link ProblemException} for a request that it rejects. */
public sealed interface RouteHandler {

    /** Responds at once. */
    @FunctionalInterface
    non-sealed interface Resource extends RouteHandler {

        ApiResponse get(ResourceRequest request);
    }

    /** Responds later. */
    @FunctionalInterface
    non-sealed interface DeferredResource extends RouteHandler {

        /**
         * The response to a GET; may fail with a {@link ProblemException}.
         *
         * @param sent completes when the response is written, or its client has closed the connection
         */
        Future<ApiResponse> get(ResourceRequest request, Future<Void> sent);
    }

    /** Writes the response itself, for as long as the connection lasts. */
    @FunctionalInterface
    non-sealed interface StreamResource extends RouteHandler {

        void open(HttpServerRequest http, ResourceRequest request);
    }

    /** Responds to a JSON body. */
    @FunctionalInterface
    non-sealed interface JsonBody extends RouteHandler {

        ApiResponse post(ResourceRequest request, String json);
    }
}
