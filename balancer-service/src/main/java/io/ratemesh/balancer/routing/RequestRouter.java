package io.ratemesh.balancer.routing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.ratemesh.balancer.accesslog.ListenerLog;
import io.ratemesh.balancer.assets.AssetFolder;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.assets.FolderListener;
import io.ratemesh.balancer.http.ProblemResponse.Format;
import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.RequestPaths;
import io.ratemesh.balancer.http2.Http2RequestCheck;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.routing.RoutingTable.Traits;
import io.ratemesh.balancer.upstream.connections.RequestFraming;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Routes the requests of a listener on one event loop: health checks and assets get their response from this node, with others happens what
 * their route says.
 */
public final class RequestRouter implements Handler<HttpServerRequest> {

    /** The target of an OPTIONS request for the server as a whole (RFC 9110 §9.3.7). */
    private static final String SERVER = "*";

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final AssetHandler assets;
    private final Optional<AssetFolder> folder;
    private final Handler<HttpServerRequest> health;
    private final ListenerCounts counts;
    private final Optional<ListenerLog> log;
    private RoutingTable<RouteAction> routes;
    private boolean assetsOnRoutes;
    private boolean healthIsRouted;

    /**
     * With no route yet.
     *
     * @param files a folder whose files take precedence over all routes
     * @param health responds to health checks
     */
    public RequestRouter(
            Vertx vertx,
            AssetHandler assets,
            Optional<Path> files,
            Handler<HttpServerRequest> health,
            ListenerCounts counts,
            Optional<ListenerLog> log) {
        this.log = log;
        this.assets = assets;
        this.health = health;
        this.counts = counts;
        this.routes = RoutingTable.empty();
        this.folder = files.map(path -> new AssetFolder(vertx, path, this::folderResponded, this::route));
    }

    /** Uses these routes from the next request on. */
    public void use(RoutingTable<RouteAction> next) {
        routes = next;
        assetsOnRoutes = assets.paths().stream().anyMatch(next::hasRoute);
        healthIsRouted = next.hasRouteWithin("/health");
    }

    @Override
    public void handle(HttpServerRequest request) {
        counts.requestReceived();
        String target = request.uri();
        if (Http2RequestCheck.isInvalid(request)) {
            reject(request);
        } else if (RequestPaths.isHealth(target) && !healthIsRouted) {
            respondToHealth(request);
        } else if (request.method().equals(HttpMethod.OPTIONS) && !decrementMaxForwards(request)) {
            respondToOptions(request);
        } else if (target.equals(SERVER)) {
            routeServer(request);
        } else if (folder.isPresent()) {
            folder.get().handle(request);
        } else {
            route(request);
        }
    }

    /** Responds to a health check. */
    public void handleHealth(HttpServerRequest request) {
        counts.requestReceived();
        respondToHealth(request);
    }

    private void route(HttpServerRequest request) {
        @Nullable RouteAction action = find(request);
        if (action == null || (assetsOnRoutes && action.yieldsToAssets() && assets.has(request.path()))) {
            long startNanos = log.isPresent() ? System.nanoTime() : 0;
            discardBody(request);
            assets.handle(request).onSuccess(bytes -> responded(request, bytes, startNanos));
        } else {
            perform(action, request, null);
        }
    }

    private @Nullable RouteAction find(HttpServerRequest request) {
        String target = request.uri();
        return routes.isByPathAlone()
                ? routes.find(target)
                : routes.find(
                        target,
                        new Traits(
                                request.method().name(),
                                Objects.toString(request.authority(), null),
                                request.headers()));
    }

    /** {@code onEnd} runs once the request has ended; null for nothing. */
    private void perform(RouteAction action, HttpServerRequest request, @Nullable Runnable onEnd) {
        if (action instanceof RouteAction.Forward forward) {
            forward.proxy().handle(request, counts, forward.changes(), forward.caching(), onEnd);
        } else if (action instanceof RouteAction.Guarded guarded) {
            performIfAdmitted(guarded, request);
        } else {
            long startNanos = log.isPresent() ? System.nanoTime() : 0;
            discardBody(request);
            responded(request, ((RouteAction.Respond) action).respond(request), startNanos);
            if (onEnd != null) {
                onEnd.run();
            }
        }
    }

    private void performIfAdmitted(RouteAction.Guarded guarded, HttpServerRequest request) {
        if (RequestFraming.of(request).hasBody()) {
            // It may be judged elsewhere; meanwhile nothing of the body may be lost.
            request.pause();
        }
        guarded.access().judge(request, Format.of(request)).onSuccess(verdict -> {
            RouteAccess.Refusal refusal = verdict.refusal();
            if (refusal != null) {
                refuse(request, refusal);
            } else if (request.response().closed()) {
                abandon(verdict);
            } else {
                perform(guarded.action(), request, verdict.onEnd());
            }
        });
    }

    /** The client has left before it was known whether it may use the route. */
    private void abandon(RouteAccess.Verdict verdict) {
        counts.clientAborted();
        if (verdict.onEnd() != null) {
            verdict.onEnd().run();
        }
    }

    private void refuse(HttpServerRequest request, RouteAccess.Refusal refusal) {
        discardBody(request);
        int status = refusal.status();
        long bytes = refusal.send().applyAsLong(request);
        counts.rejected();
        counts.responded(status, bytes);
        log.ifPresent(ofListener -> ofListener.rejected(request, status));
    }

    /** What precedes may have paused the request. */
    private static void discardBody(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    /** A request for the server as a whole goes to the pool of the default route; without one, this node responds. */
    private void routeServer(HttpServerRequest request) {
        @Nullable RouteAction action = find(request);
        if (action != null) {
            perform(action, request, null);
        } else {
            respondToOptions(request);
        }
    }

    /** Decrements Max-Forwards where the client sent it; false where it is 0, and the request must not be forwarded (RFC 9110 §7.6.2). */
    private static boolean decrementMaxForwards(HttpServerRequest request) {
        String field = request.getHeader(HttpHeaderNames.MAX_FORWARDS);
        if (field == null || field.isEmpty() || !field.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return true;
        }
        BigInteger max = new BigInteger(field);
        request.headers()
                .set(HttpHeaderNames.MAX_FORWARDS, max.subtract(BigInteger.ONE).toString());
        return max.signum() > 0;
    }

    private void respondToHealth(HttpServerRequest request) {
        long startNanos = System.nanoTime();
        HttpServerResponse response = request.response();
        response.endHandler(ignored -> {
            // Probes would fill the log with successes; HAProxy does not log those of its monitor-uri either.
            if (response.getStatusCode() == OK) {
                counts.responded(OK, response.bytesWritten());
            } else {
                responded(request, response.bytesWritten(), startNanos);
            }
        });
        health.handle(request);
    }

    private void respondToOptions(HttpServerRequest request) {
        request.response()
                .setStatusCode(NO_CONTENT)
                .putHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                .end();
        responded(request, 0, log.isPresent() ? System.nanoTime() : 0);
    }

    private void reject(HttpServerRequest request) {
        ProxyFailure.BAD_REQUEST.send(request);
        int status = request.response().getStatusCode();
        counts.rejected();
        counts.responded(status, 0);
        log.ifPresent(ofListener -> ofListener.rejected(request, status));
    }

    private void responded(HttpServerRequest request, long bytes, long startNanos) {
        int status = request.response().getStatusCode();
        counts.responded(status, bytes);
        if (log.isPresent()) {
            log.get().responded(request, status, bytes, millisSince(startNanos));
        }
    }

    private void folderResponded(HttpServerRequest request, long startNanos, FolderListener.End end) {
        HttpServerResponse response = request.response();
        if (end == FolderListener.End.COMPLETE) {
            responded(request, response.bytesWritten(), startNanos);
            return;
        }
        boolean clientAborted = end == FolderListener.End.CLIENT_ABORT;
        int status = response.headWritten() ? response.getStatusCode() : 0;
        if (status != 0) {
            counts.responded(status, response.bytesWritten());
        }
        if (clientAborted) {
            counts.clientAborted();
        }
        log.ifPresent(ofListener ->
                ofListener.aborted(request, status, response.bytesWritten(), millisSince(startNanos), clientAborted));
    }

    private static long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }
}
