package io.ratemesh.converter.route;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.ratemesh.converter.book.CurrentBook;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.BodyReader;
import io.ratemesh.converter.http.CommonFields;
import io.ratemesh.converter.http.JsonContent;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.route.RequestMeters.Endpoint;
import io.ratemesh.converter.route.RouteHandler.DeferredResource;
import io.ratemesh.converter.route.RouteHandler.JsonBody;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.ratemesh.converter.route.RouteHandler.StreamResource;
import io.ratemesh.node.lifecycle.Node;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;

/**
 * Handles every request of a converter: finds its route, checks Host, Accept and parameters in this order, calls the handler
 * and sends the response. Not vertx-web's router: the paths are few and fixed, and a conversion costs less than that router's
 * search. Used on one event loop.
 */
public final class ApiHandler implements Handler<HttpServerRequest> {

    private static final long MAX_DISCARDED_BODY_BYTES = 64 * 1024;

    private final Clock clock;
    private final CurrentBook current;
    private final RouteTable routes;
    private final Handler<HttpServerRequest> nodeRoutes;
    private final CommonFields fields;
    private final BodyReader bodies;
    private final RequestMeters meters;
    private final Responder responder;

    /**
     * Made on the event loop that serves.
     *
     * @param nodeRoutes handles {@code /health} and {@code /metrics}
     */
    public ApiHandler(
            Node node, Clock clock, CurrentBook current, RouteTable routes, Handler<HttpServerRequest> nodeRoutes) {
        this.clock = clock;
        this.current = current;
        this.routes = routes;
        this.nodeRoutes = nodeRoutes;
        this.fields = new CommonFields(node.vertx(), node.id());
        this.bodies = new BodyReader(node.vertx());
        this.meters = new RequestMeters(node.meters());
        this.responder = new Responder(node);
    }

    /** Requests without a complete response, streams excluded. May be read on any thread. */
    public int inFlight() {
        return responder.inFlight();
    }

    @Override
    public void handle(HttpServerRequest request) {
        long started = System.nanoTime();
        String path = request.path();
        fields.put(request.response());
        if (path.startsWith("/health") || path.equals("/metrics")) {
            discardBody(request);
            handleByNode(request, path, started);
            return;
        }
        CommonFields.putCors(request.response());
        String accept = RequestChecks.accept(request);
        Route route = routes.find(request.method(), path, accept);
        RoutedRequest routed = new RoutedRequest(request, path, accept, route, started);
        RouteHandler handler = route.handler();
        if (handler instanceof JsonBody body) {
            post(routed, body);
            return;
        }
        discardBody(request);
        if (handler instanceof Resource resource) {
            get(routed, resource);
        } else if (handler instanceof DeferredResource resource) {
            getLater(routed, resource);
        } else if (handler instanceof StreamResource stream) {
            open(routed, stream);
        }
    }

    /** Responds 400 to bytes that are not HTTP (RFC 9112 §2.2), and closes the connection. */
    public void handleInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        ProblemCode code = ProblemCode.BAD_REQUEST;
        if (cause instanceof TooLongHttpLineException) {
            code = ProblemCode.URI_TOO_LONG;
        } else if (cause instanceof TooLongHttpHeaderException) {
            code = ProblemCode.HEADERS_TOO_LARGE;
        }
        fields.put(request.response());
        CommonFields.putCors(request.response());
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        responder.send(
                request, Problem.of(code, "the head of the request is invalid").response("/"));
        meters.record(Endpoint.OTHER, code.status(), 0);
    }

    private void get(RoutedRequest request, Resource resource) {
        ApiResponse response;
        try {
            response = RequestChecks.conditional(request.http(), resource.get(checked(request)));
        } catch (RuntimeException e) {
            response = request.error(e);
        }
        responder.send(request.http(), response);
        record(request, response.status());
    }

    private void getLater(RoutedRequest request, DeferredResource resource) {
        Promise<Void> sent = Promise.promise();
        Future<ApiResponse> response;
        try {
            response = resource.get(checked(request), sent.future());
        } catch (RuntimeException e) {
            response = Future.failedFuture(e);
        }
        respondLater(request, response, sent);
    }

    private void post(RoutedRequest request, JsonBody handler) {
        HttpServerRequest http = request.http();
        Future<ApiResponse> response;
        try {
            RequestChecks.host(http);
            request.mediaType();
            JsonContent.check(http.headers());
            response = bodies.read(http).map(body -> handler.post(checked(request), JsonContent.text(body)));
        } catch (ProblemException e) {
            bodies.drop(http);
            response = Future.failedFuture(e);
        }
        respondLater(request, response, Promise.promise());
    }

    private void open(RoutedRequest request, StreamResource stream) {
        try {
            stream.open(request.http(), checked(request));
        } catch (ProblemException e) {
            responder.send(request.http(), request.error(e));
        }
        record(request, request.http().response().getStatusCode());
    }

    private void handleByNode(HttpServerRequest request, String path, long started) {
        try {
            RequestChecks.hostForRouter(request);
            nodeRoutes.handle(request);
        } catch (ProblemException e) {
            responder.send(request, e.problem().response(path));
        }
        meters.record(Endpoint.NODE, request.response().getStatusCode(), System.nanoTime() - started);
    }

    private ResourceRequest checked(RoutedRequest request) {
        HttpServerRequest http = request.http();
        RequestChecks.host(http);
        String mediaType = request.mediaType();
        String query = http.query();
        Query parameters = Query.parse(query, request.route().parameters());
        return new ResourceRequest(request.path(), query, parameters, mediaType, current.view(), clock.instant());
    }

    private void respondLater(RoutedRequest request, Future<ApiResponse> response, Promise<Void> sent) {
        HttpServerRequest http = request.http();
        responder.begin();
        response.onComplete(result -> {
            responder.finish();
            if (result.cause() instanceof HttpClosedException) {
                sent.complete();
                return;
            }
            ApiResponse content = result.succeeded()
                    ? RequestChecks.conditional(http, result.result())
                    : request.error(result.cause());
            if (http.response().closed()) {
                sent.complete();
                return;
            }
            responder.send(http, content).onComplete(ignored -> sent.complete());
            record(request, content.status());
        });
    }

    private void record(RoutedRequest request, int status) {
        meters.record(request.route().endpoint(), status, System.nanoTime() - request.started());
    }

    /** Reads and drops a body that the route does not use; a large one closes the connection. */
    private static void discardBody(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            request.handler(chunk -> {
                if (request.bytesRead() > MAX_DISCARDED_BODY_BYTES) {
                    request.connection().close();
                }
            });
        }
    }
}
