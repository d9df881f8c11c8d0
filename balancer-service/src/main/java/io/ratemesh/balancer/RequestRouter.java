package io.ratemesh.balancer;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.ratemesh.balancer.accesslog.ListenerLog;
import io.ratemesh.balancer.assets.AssetFolder;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.assets.FolderListener;
import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.RequestPaths;
import io.ratemesh.balancer.http2.Http2RequestCheck;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.routing.RoutingTable;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: first to what this node serves by itself, its health and its assets, then along the routes. One event
 * loop owns a front door.
 */
final class RequestRouter implements Handler<HttpServerRequest> {

    /** The target of an OPTIONS that is for no path (RFC 9110 §9.3.7). */
    private static final String SERVER = "*";

    private static final int NO_CONTENT = 204;

    private final AssetHandler assets;
    private final Optional<AssetFolder> folder;
    private final Handler<HttpServerRequest> health;
    private final ListenerCounts counts;
    private final Optional<ListenerLog> log;
    private RoutingTable<Proxy> routes;
    private boolean assetsOnRoutes;
    private boolean healthIsRouted;

    /**
     * With no route yet.
     *
     * @param files a folder whose files come before all routes
     */
    RequestRouter(
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
        this.folder = files.map(path -> new AssetFolder(vertx, path, this::ended, this::route));
    }

    /** Takes these routes from the next request on. */
    void use(RoutingTable<Proxy> next) {
        routes = next;
        assetsOnRoutes = assets.paths().stream().anyMatch(next::hasRoute);
        healthIsRouted = next.hasRouteWithin("/health");
    }

    @Override
    public void handle(HttpServerRequest request) {
        counts.requestReceived();
        String target = request.uri();
        if (Http2RequestCheck.isInvalid(request)) {
            ProxyFailure.BAD_REQUEST.send(request);
            refused(request);
        } else if (RequestPaths.isHealth(target) && !healthIsRouted) {
            health(request);
        } else if (request.method().equals(HttpMethod.OPTIONS) && !goesOn(request)) {
            answerOptions(request);
        } else if (target.equals(SERVER)) {
            server(request);
        } else if (folder.isPresent()) {
            folder.get().handle(request);
        } else {
            route(request);
        }
    }

    /** What is asked about the server as a whole is for the pool that has all the rest; without one, it is asked about the front door. */
    private void server(HttpServerRequest request) {
        @Nullable Proxy proxy = routes.find(SERVER);
        if (proxy != null) {
            proxy.handle(request, counts);
        } else {
            answerOptions(request);
        }
    }

    /** Counts down how many may still pass on an OPTIONS, where its client says so; false where this one may not (RFC 9110 §7.6.2). */
    private static boolean goesOn(HttpServerRequest request) {
        String most = request.getHeader(HttpHeaderNames.MAX_FORWARDS);
        if (most == null || most.isEmpty() || !most.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return true;
        }
        BigInteger left = new BigInteger(most);
        request.headers()
                .set(HttpHeaderNames.MAX_FORWARDS, left.subtract(BigInteger.ONE).toString());
        return left.signum() > 0;
    }

    private void answerOptions(HttpServerRequest request) {
        request.response()
                .setStatusCode(NO_CONTENT)
                .putHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                .end();
        answeredHere(request, 0, log.isPresent() ? System.nanoTime() : 0);
    }

    private void route(HttpServerRequest request) {
        @Nullable Proxy proxy = routes.find(request.uri());
        if (proxy == null || (assetsOnRoutes && assets.has(request.path()))) {
            long beganNanos = log.isPresent() ? System.nanoTime() : 0;
            if (folder.isPresent() && !request.isEnded()) {
                request.resume();
            }
            answeredHere(request, assets.handle(request), beganNanos);
        } else {
            proxy.handle(request, counts);
        }
    }

    /** Responds to a health check. */
    void handleHealth(HttpServerRequest request) {
        counts.requestReceived();
        health(request);
    }

    private void health(HttpServerRequest request) {
        long beganNanos = System.nanoTime();
        HttpServerResponse response = request.response();
        response.endHandler(ignored -> answeredHere(request, response.bytesWritten(), beganNanos));
        health.handle(request);
    }

    /** A response of the folder has ended. */
    private void ended(HttpServerRequest request, long beganNanos, FolderListener.End end) {
        HttpServerResponse response = request.response();
        if (end == FolderListener.End.COMPLETE) {
            answeredHere(request, response.bytesWritten(), beganNanos);
            return;
        }
        int status = response.headWritten() ? response.getStatusCode() : 0;
        if (status != 0) {
            counts.responded(status, response.bytesWritten());
        }
        if (end == FolderListener.End.CLIENT_ABORT) {
            counts.clientAborted();
        }
        log.ifPresent(at -> at.aborted(
                request,
                status,
                response.bytesWritten(),
                millisSince(beganNanos),
                end == FolderListener.End.CLIENT_ABORT));
    }

    private void refused(HttpServerRequest request) {
        int status = request.response().getStatusCode();
        counts.rejected();
        counts.responded(status, 0);
        log.ifPresent(at -> at.rejected(request, status));
    }

    private void answeredHere(HttpServerRequest request, long bytes, long beganNanos) {
        int status = request.response().getStatusCode();
        counts.responded(status, bytes);
        if (log.isPresent()) {
            log.get().responded(request, status, bytes, millisSince(beganNanos));
        }
    }

    private static long millisSince(long beganNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
    }
}
