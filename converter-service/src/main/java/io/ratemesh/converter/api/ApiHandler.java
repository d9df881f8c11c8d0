package io.ratemesh.converter.api;

import io.ratemesh.converter.api.RequestMeters.Endpoint;
import io.ratemesh.converter.book.CurrentBook;
import io.ratemesh.converter.book.FeedStatus;
import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.http.Acceptance;
import io.ratemesh.converter.http.Answer;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.Refusal;
import io.ratemesh.converter.http.ResponseFields;
import io.ratemesh.converter.openapi.ApiDocument;
import io.ratemesh.converter.openapi.ApiPages;
import io.ratemesh.converter.openapi.RequestRules;
import io.ratemesh.converter.stream.StreamHub;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.lifecycle.Node;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** CORS names what a path may ever take: a page asks once for all. */
    private static final List<Answer.Field> PREFLIGHT = List.of(
            new Answer.Field(HttpHeaders.ALLOW, METHODS),
            new Answer.Field(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
            new Answer.Field(
                    HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                    "Accept, Cache-Control, Content-Type, If-None-Match, Last-Event-ID, X-Request-Id"),
            new Answer.Field(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400"));

    private record Route(Endpoint endpoint, String type, Parameters known, Resource resource) {}

    private final Node node;
    private final Clock clock;
    private final CurrentBook current;
    private final StreamHub streams;
    private final Handler<HttpServerRequest> nodeRoutes;
    private final ResponseFields fields;
    private final RequestMeters meters;
    private final Map<String, Route> routes;
    private final Route pair;
    private final Parameters streamParameters;
    private final Handler<AsyncResult<Void>> ended;
    private final AtomicInteger underWay = new AtomicInteger();

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
            ResponseFields fields,
            Handler<HttpServerRequest> nodeRoutes) {
        this.node = node;
        this.clock = clock;
        this.current = current;
        this.streams = streams;
        this.fields = fields;
        this.nodeRoutes = nodeRoutes;
        this.meters = new RequestMeters(node.meters());
        Map<String, Integer> limits = Map.of("converter.stream.max-pairs", streams.maxPairs());
        RequestRules rules = RequestRules.of(ApiDocument.packed(limits));
        ApiPages pages = new ApiPages(limits);
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
        this.ended = ignored -> underWay.decrementAndGet();
    }

    /** How many requests are not fully answered; streams are not counted. May be read on any thread. */
    public int underWay() {
        return underWay.get();
    }

    private void json(RequestRules rules, String path, Endpoint endpoint, Resource resource) {
        route(rules, path, endpoint, JSON, resource);
    }

    private void route(RequestRules rules, String path, Endpoint endpoint, String type, Resource resource) {
        routes.put(path, new Route(endpoint, type, rules.query(path), resource));
    }

    /** The same answer to everyone who adds nothing to the path. */
    private static Resource parameterless(Answer answer) {
        return ask -> {
            ask.parameters();
            return answer;
        };
    }

    @Override
    public void handle(HttpServerRequest request) {
        long begun = System.nanoTime();
        String path = request.path();
        if (announcesBody(request)) {
            ignoreBody(request);
        }
        fields.put(request.response());
        if (path.startsWith("/health") || path.equals("/metrics")) {
            nodeRoutes.handle(request);
            meters.answered(Endpoint.NODE, request.response().getStatusCode(), System.nanoTime() - begun);
            return;
        }
        ResponseFields.putCors(request.response());
        if (STREAM_PATH.equals(path)) {
            openStream(request, path, begun);
            return;
        }
        Route route = PairRate.at(path) ? pair : routes.get(path);
        Answer answer = answer(request, path, route);
        send(request, answer);
        meters.answered(route == null ? Endpoint.OTHER : route.endpoint(), answer.status(), System.nanoTime() - begun);
    }

    private Answer answer(HttpServerRequest request, String path, @Nullable Route route) {
        try {
            if (hostFields(request) != 1 && request.version() == HttpVersion.HTTP_1_1) {
                // RFC 9112 §3.2; Vert.x lets it through.
                return Problem.of(ProblemCode.BAD_REQUEST, "Host: " + hostFields(request) + " fields (expected: one)")
                        .answer(path);
            }
            if (route == null) {
                return notFound(path);
            }
            HttpMethod method = request.method();
            if (HttpMethod.OPTIONS.equals(method)) {
                return Answer.empty(PREFLIGHT);
            }
            if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
                return Problem.method(method.name(), METHODS).answer(path);
            }
            checkAcceptable(request, route.type());
            Answer answer = route.resource()
                    .get(new Ask(path, request.query(), route.known(), current.view(), Instant.now(clock)));
            String condition = request.getHeader(HttpHeaders.IF_NONE_MATCH);
            boolean held = condition != null
                    && answer.entityTag() != null
                    && EntityTag.matches(
                            String.join(",", request.headers().getAll(HttpHeaders.IF_NONE_MATCH)), answer.entityTag());
            return held ? answer.notModified() : answer;
        } catch (Refusal refusal) {
            return refusal.problem().answer(path);
        } catch (RuntimeException e) {
            LOG.error("{} {} could not be answered", request.method(), path, e);
            return Problem.of(ProblemCode.INTERNAL, "the request could not be answered; it is in our log")
                    .answer(path);
        }
    }

    private void openStream(HttpServerRequest request, String path, long begun) {
        int status = 200;
        try {
            HttpMethod method = request.method();
            if (HttpMethod.OPTIONS.equals(method)) {
                status = 204;
                send(request, Answer.empty(PREFLIGHT));
            } else if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
                throw Problem.method(method.name(), METHODS).refusal();
            } else {
                checkAcceptable(request, EVENT_STREAM);
                new Ask(path, null, streamParameters, current.view(), Instant.now(clock)).rates();
                streams.open(request, streamParameters);
            }
        } catch (Refusal refusal) {
            status = refusal.problem().code().status();
            send(request, refusal.problem().answer(path));
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
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        send(
                request,
                Problem.of(code, "the head of the request could not be read").answer("/"));
        meters.answered(Endpoint.OTHER, code.status(), 0);
    }

    private Answer notFound(String path) {
        return Problem.of(ProblemCode.NOT_FOUND, "nothing is served at this path (expected: one below /api/v1/)")
                .answer(path);
    }

    private void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status()).putHeader(HttpHeaders.CACHE_CONTROL, answer.cacheControl());
        if (answer.mediaType() != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
        }
        if (answer.entityTag() != null) {
            response.putHeader(HttpHeaders.ETAG, answer.entityTag());
        }
        for (Answer.Field field : answer.fields()) {
            response.putHeader(field.name(), field.value());
        }
        boolean last = node.announcer().current().state() == NodeState.DRAINING;
        if (last) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        underWay.incrementAndGet();
        if (HttpMethod.HEAD.equals(request.method())) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, String.valueOf(answer.body().length()));
            response.end().onComplete(ended);
        } else {
            response.end(answer.body()).onComplete(ended);
        }
        if (last) {
            request.end().onComplete(ignored -> request.connection().shutdown());
        }
    }

    private static void checkAcceptable(HttpServerRequest request, String type) {
        if (request.getHeader(HttpHeaders.ACCEPT) != null
                && !Acceptance.allows(String.join(",", request.headers().getAll(HttpHeaders.ACCEPT)), type)) {
            throw Problem.of(ProblemCode.NOT_ACCEPTABLE, "Accept excludes " + type + " (expected: " + type + ")")
                    .refusal();
        }
    }

    private static int hostFields(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.HOST).size();
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
