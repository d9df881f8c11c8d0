package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.http.RequestPaths;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/** Sends clients on to the port of TLS, for good and with the same method (308); health is answered where it is asked. */
final class HttpsRedirect implements Handler<HttpServerRequest> {

    private static final int PERMANENT_REDIRECT = 308;
    private static final int USUAL_PORT = 443;

    private final int port;
    private final Handler<HttpServerRequest> health;
    private final ListenerEvents arrivals;

    /**
     * Makes a redirect.
     *
     * @param port of TLS, as clients see it
     * @param health answers those who ask whether this node is well
     * @param arrivals told of those who were sent on
     */
    HttpsRedirect(int port, Handler<HttpServerRequest> health, ListenerEvents arrivals) {
        this.port = port;
        this.health = health;
        this.arrivals = arrivals;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String target = request.uri();
        HostAndPort asked = request.authority();
        if (RequestPaths.isHealth(target) || asked == null) {
            health.handle(request);
            return;
        }
        String place = port == USUAL_PORT ? asked.host() : asked.host() + ":" + port;
        // RFC 9112 §3.2.4: the URL of the server as a whole has no path.
        String path = target.equals("*") ? "" : target;
        request.response()
                .setStatusCode(PERMANENT_REDIRECT)
                .putHeader(HttpHeaders.LOCATION, "https://" + place + path)
                .end();
        arrivals.sentOn(request, PERMANENT_REDIRECT);
    }
}
