package io.ratemesh.converter.api;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.BodyReader;
import io.ratemesh.converter.http.JsonContent;
import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Function;

/** From the head of a {@code POST /api/v1/convert} over its body to its answer. Lives on one event loop. */
final class BatchRoute {

    /** Where it is, as {@code GET /api/v1/convert} is. */
    static final String PATH = "/api/v1/convert";

    /** What the path takes. */
    static final String METHODS = "GET, HEAD, POST, OPTIONS";

    private static final String TYPE = "application/json";

    /** A thousand conversions with all their fields have room. */
    private static final int MAX_BODY_BYTES = 256 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A slow sender costs what it has sent: so many at once are a fraction of the heap. */
    private static final long BUDGET = 32 * 1024 * 1024;

    private final BodyReader bodies;

    BatchRoute(Vertx vertx) {
        this.bodies = new BodyReader(vertx, MAX_BODY_BYTES, PATIENCE, BUDGET);
    }

    /** Whether a request is a batch. */
    static boolean at(HttpServerRequest request, String path) {
        return HttpMethod.POST.equals(request.method()) && PATH.equals(path);
    }

    /**
     * Reads and answers a batch.
     *
     * @param ask what it is answered from, looked at once the body is there
     * @return fails with a {@link ProblemException}, or with {@link HttpClosedException} where nobody is left to answer
     */
    Future<ApiResponse> answer(HttpServerRequest request, Function<Parameters, ResourceRequest> ask) {
        try {
            RequestChecks.host(request);
            RequestChecks.acceptable(request, TYPE);
            JsonContent.check(request.headers());
        } catch (ProblemException refusal) {
            bodies.drop(request);
            return Future.failedFuture(refusal);
        }
        return bodies.read(request)
                .map(body -> BatchConversion.answer(ask.apply(Parameters.NONE), JsonContent.text(body)));
    }
}
