package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.http.RequestPaths;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/** Redirects requests to HTTPS, permanently and with the same method (308). Health checks get their response here. */
final class HttpsRedirect implements Handler<HttpServerRequest> {

    private static final int PERMANENT_REDIRECT = 308;
    private static final int DEFAULT_PORT = 443;

    private final int port;
    private final Handler<HttpServerRequest> health;
    private final ListenerEvents events;

    /**
     * Makes a redirect.
     *
     * @param port of HTTPS, as clients see it
     * @param health responds to health checks, and to requests without a host
     */
    HttpsRedirect(int port, Handler<HttpServerRequest> health, ListenerEvents events) {
        this.port = port;
        this.health = health;
        this.events = events;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String target = request.uri();
        HostAndPort authority = request.authority();
        if (RequestPaths.isHealth(target) || authority == null) {
            health.handle(request);
            return;
        }
        String host = port == DEFAULT_PORT ? authority.host() : authority.host() + ":" + port;
        // RFC 9112 §3.2.4: the URL of the server as a whole has no path.
        String path = target.equals("*") ? "" : target;
        request.response()
                .setStatusCode(PERMANENT_REDIRECT)
                .putHeader(HttpHeaders.LOCATION, "https://" + host + path)
                .end();
        events.redirected(request, PERMANENT_REDIRECT);
    }
}
