package io.ratemesh.converter.api;

import io.ratemesh.converter.api.RequestMeters.Endpoint;
import io.ratemesh.converter.book.CurrentBook;
import io.ratemesh.converter.book.FeedStatus;
import io.ratemesh.converter.frankfurter.Frankfurter;
import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.CommonFields;
import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.openapi.ApiDocument;
import io.ratemesh.converter.openapi.ApiPages;
import io.ratemesh.converter.openapi.RequestRules;
import io.ratemesh.converter.stream.StreamHub;
import io.ratemesh.node.lifecycle.Node;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every request of a converter. Not vertx-web's router: the paths are few and fixed, and a conversion costs
 * less than finding a route would. Lives on one event loop.
 */
public final class ApiHandler implements Handler<HttpServerRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final String JSON = "application/json";
    private static final String HTML = "text/html";
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String STREAM_PATH = "/api/v1/stream";
    private static final long MAX_IGNORED_BODY_BYTES = 64 * 1024;

    private static final List<ApiResponse.Field> PREFLIGHT = preflight(METHODS);
    private static final List<ApiResponse.Field> CONVERT_PREFLIGHT = preflight(BatchRoute.METHODS);

    private record Route(Endpoint endpoint, String type, Parameters known, Resource resource) {}

    private final Clock clock;
    private final CurrentBook current;
    private final StreamHub streams;
    private final Handler<HttpServerRequest> nodeRoutes;
    private final CommonFields fields;
    private final RequestMeters meters;
    private final Map<String, Route> routes;
    private final Route pair;
    private final Parameters streamParameters;
    private final Parameters seriesParameters;
    private final HistorySeries series;
    private final BatchRoute batches;
    private final Resource conversionForReading = new ConversionPageResource();
    private final FrankfurterRoute frankfurter;
    private final Responder responder;

    /**
     * Made on the event loop that serves.
     *
     * @param nodeRoutes answers {@code /health} and {@code /metrics}
     */
    public ApiHandler(
            Node node,
            Clock clock,
            CurrentBook current,
            CurrentHistory history,
            FeedStatus feeds,
            StreamHub streams,
            CommonFields fields,
            Handler<HttpServerRequest> nodeRoutes) {
        this.clock = clock;
        this.current = current;
        this.streams = streams;
        this.fields = fields;
        this.nodeRoutes = nodeRoutes;
        this.meters = new RequestMeters(node.meters());
        Map<String, Integer> limits = Map.of("converter.stream.max-pairs", streams.maxPairs());
        RequestRules rules = RequestRules.of(ApiDocument.packed(limits));
        ApiPages pages = new ApiPages(limits);
        this.responder = new Responder(node);
        this.series = new HistorySeries(node.vertx(), history);
        this.seriesParameters = rules.query("/api/v1/history/{from}/{to}");
        this.batches = new BatchRoute(node.vertx());
        this.frankfurter = new FrankfurterRoute(
                clock, current, new Frankfurter(node.vertx(), pages.document()), responder, meters, PREFLIGHT);
        this.streamParameters = rules.query(STREAM_PATH);
        this.pair = new Route(Endpoint.PAIR, JSON, rules.query("/api/v1/rates/{from}/{to}"), new PairRate());
        this.routes = new HashMap<>();
        json(rules, "/api/v1/convert", Endpoint.CONVERT, new Conversion());
        json(rules, "/api/v1/rates", Endpoint.RATES, new RateTable());
        json(rules, "/api/v1/currencies", Endpoint.CURRENCIES, new CurrencyList());
        json(
                rules,
                "/api/v1/status",
                Endpoint.STATUS,
                new ClusterStatus(history, feeds, () -> node.directory().present()));
        json(rules, "/api/v1/openapi.json", Endpoint.DOCUMENT, parameterless(pages.document()));
        route(rules, "/api/", Endpoint.DOCUMENT, HTML, parameterless(pages.page()));
        route(rules, "/api", Endpoint.DOCUMENT, HTML, parameterless(pages.redirect()));
    }

    /** How many requests are not fully answered; streams are not counted. May be read on any thread. */
    public int underWay() {
        return responder.underWay();
    }

    private void json(RequestRules rules, String path, Endpoint endpoint, Resource resource) {
        route(rules, path, endpoint, JSON, resource);
    }

    private void route(RequestRules rules, String path, Endpoint endpoint, String type, Resource resource) {
        routes.put(path, new Route(endpoint, type, rules.query(path), resource));
    }

    /** The same answer to everyone who adds nothing to the path. */
    private static Resource parameterless(ApiResponse answer) {
        return ask -> {
            ask.parameters();
            return answer;
        };
    }

    @Override
    public void handle(HttpServerRequest request) {
        long begun = System.nanoTime();
        String path = request.path();
        boolean batch = BatchRoute.at(request, path);
        if (!batch && announcesBody(request)) {
            ignoreBody(request);
        }
        fields.put(request.response());
        if (path.startsWith("/health") || path.equals("/metrics")) {
            askNode(request, path, begun);
            return;
        }
        CommonFields.putCors(request.response());
        if (STREAM_PATH.equals(path)) {
            openStream(request, path, begun);
            return;
        }
        if (batch) {
            Future<ApiResponse> made = batches.answer(request, known -> ask(request, path, known));
            answerLater(request, path, Endpoint.BATCH, begun, made);
            return;
        }
        if (SeriesRequest.at(path)) {
            answerLater(request, path, Endpoint.HISTORY, begun, series(request, path));
            return;
        }
        if (Frankfurter.at(path)) {
            frankfurter.handle(request, path, begun);
            return;
        }
        Route route = PairRate.at(path) ? pair : routes.get(path);
        ApiResponse answer = answer(request, path, route);
        responder.send(request, answer);
        meters.answered(route == null ? Endpoint.OTHER : route.endpoint(), answer.status(), System.nanoTime() - begun);
    }

    private ApiResponse answer(HttpServerRequest request, String path, @Nullable Route route) {
        try {
            RequestChecks.host(request);
            if (route == null) {
                return notFound(path);
            }
            HttpMethod method = request.method();
            if (HttpMethod.OPTIONS.equals(method)) {
                return ApiResponse.empty(BatchRoute.PATH.equals(path) ? CONVERT_PREFLIGHT : PREFLIGHT);
            }
            if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
                return Problem.method(method.name(), methods(path)).answer(path);
            }
            boolean reads = BatchRoute.PATH.equals(path)
                    && RequestChecks.prefers(request, ConversionPageResource.TYPE, route.type());
            if (!reads) {
                RequestChecks.acceptable(request, route.type());
            }
            Resource resource = reads ? conversionForReading : route.resource();
            ApiResponse answer = resource.get(ask(request, path, route.known()));
            return RequestChecks.unlessHeld(request, answer);
        } catch (ProblemException refusal) {
            return refusal.problem().answer(path);
        } catch (RuntimeException e) {
            return internal(request, path, e);
        }
    }

    private void answerLater(
            HttpServerRequest request, String path, Endpoint endpoint, long begun, Future<ApiResponse> made) {
        responder.later();
        made.map(answer -> RequestChecks.unlessHeld(request, answer))
                .recover(failure -> refused(request, path, failure))
                .onSuccess(answer -> {
                    responder.sendLater(request, answer);
                    meters.answered(endpoint, answer.status(), System.nanoTime() - begun);
                })
                .onFailure(gone -> responder.gone());
    }

    private ResourceRequest ask(HttpServerRequest request, String path, Parameters known) {
        return new ResourceRequest(path, request.query(), known, current.view(), Instant.now(clock));
    }

    private Future<ApiResponse> series(HttpServerRequest request, String path) {
        try {
            RequestChecks.host(request);
            HttpMethod method = request.method();
            if (HttpMethod.OPTIONS.equals(method)) {
                return Future.succeededFuture(ApiResponse.empty(PREFLIGHT));
            }
            if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
                throw Problem.method(method.name(), METHODS).refusal();
            }
            return series.get(ask(request, path, seriesParameters), RequestChecks.accept(request));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** The answer to a failure; fails itself where the client is gone. */
    private Future<ApiResponse> refused(HttpServerRequest request, String path, Throwable failure) {
        if (failure instanceof ProblemException refusal) {
            return Future.succeededFuture(refusal.problem().answer(path));
        }
        return failure instanceof HttpClosedException
                ? Future.failedFuture(failure)
                : Future.succeededFuture(internal(request, path, failure));
    }

    private static ApiResponse internal(HttpServerRequest request, String path, Throwable failure) {
        LOG.error("{} {} could not be answered", request.method(), path, failure);
        return Problem.of(ProblemCode.INTERNAL, "the request could not be answered; it is in our log")
                .answer(path);
    }

    private static String methods(String path) {
        return BatchRoute.PATH.equals(path) ? BatchRoute.METHODS : METHODS;
    }

    private void askNode(HttpServerRequest request, String path, long begun) {
        try {
            RequestChecks.hostToRoute(request);
            nodeRoutes.handle(request);
        } catch (ProblemException refusal) {
            responder.send(request, refusal.problem().answer(path));
        }
        meters.answered(Endpoint.NODE, request.response().getStatusCode(), System.nanoTime() - begun);
    }

    private void openStream(HttpServerRequest request, String path, long begun) {
        int status = 200;
        try {
            RequestChecks.host(request);
            HttpMethod method = request.method();
            if (HttpMethod.OPTIONS.equals(method)) {
                status = 204;
                responder.send(request, ApiResponse.empty(PREFLIGHT));
            } else if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
                throw Problem.method(method.name(), METHODS).refusal();
            } else {
                RequestChecks.acceptable(request, EVENT_STREAM);
                ask(request, path, streamParameters).rates();
                streams.open(request, streamParameters);
            }
        } catch (ProblemException refusal) {
            status = refusal.problem().code().status();
            responder.send(request, refusal.problem().answer(path));
        }
        meters.answered(Endpoint.STREAM, status, System.nanoTime() - begun);
    }

    /** Answers what is no HTTP (RFC 9112 §2.2 asks for 400) and closes the connection. */
    public void handleInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        ProblemCode code = ProblemCode.BAD_REQUEST;
        if (cause instanceof io.netty.handler.codec.http.TooLongHttpLineException) {
            code = ProblemCode.URI_TOO_LONG;
        } else if (cause instanceof io.netty.handler.codec.http.TooLongHttpHeaderException) {
            code = ProblemCode.HEADERS_TOO_LARGE;
        }
        fields.put(request.response());
        CommonFields.putCors(request.response());
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        responder.send(
                request,
                Problem.of(code, "the head of the request could not be read").answer("/"));
        meters.answered(Endpoint.OTHER, code.status(), 0);
    }

    private ApiResponse notFound(String path) {
        return Problem.of(ProblemCode.NOT_FOUND, "nothing is served at this path (expected: one below /api/v1/)")
                .answer(path);
    }

    /** CORS names what a path may ever take: a page asks once for all. */
    private static List<ApiResponse.Field> preflight(String allowed) {
        return List.of(
                new ApiResponse.Field(HttpHeaders.ALLOW, allowed),
                new ApiResponse.Field(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
                new ApiResponse.Field(
                        HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                        "Accept, Authorization, Cache-Control, Content-Type, If-None-Match, Last-Event-ID,"
                                + " X-Requested-With, X-Request-Id"),
                new ApiResponse.Field(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400"));
    }

    private static boolean announcesBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    /** No resource takes a body yet: a small one is read and dropped, a large one ends the connection. */
    private static void ignoreBody(HttpServerRequest request) {
        request.handler(chunk -> {
            if (request.bytesRead() > MAX_IGNORED_BODY_BYTES) {
                request.connection().close();
            }
        });
    }
}
