package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.vertx.EarlyAcceptServers;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.LimitSettings;
import io.ratemesh.node.settings.TlsSettings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A listener on one event loop: its server, with guards on the connections and limits on the requests. */
public final class ListenerOnLoop {

    private final ListenerContext context;
    private final Listener listener;
    private final ListenerEvents events;
    private final ConnectionInitializer connections;
    private final HttpServerOptions options;
    private final HttpServer server;

    /** For the current event loop. Does not listen yet. */
    public ListenerOnLoop(Vertx vertx, ListenerContext context, Listener listener, ListenerEvents events) {
        this.context = context;
        this.listener = listener;
        this.events = events;
        this.connections = new ConnectionInitializer(vertx, context, listener, events);
        this.options = ServerOptions.of(listener.protocol(), context);
        this.server = EarlyAcceptServers.create(vertx, options, listener);
        listener.accept(LoopContext.current(vertx).eventLoop(), connections);
    }

    /**
     * Listens. Where HTTP is redirected to HTTPS, that listener has to listen before.
     *
     * @param requests gets those within the limits
     * @param health responds to health checks where all else is redirected
     * @return fails with a {@link StartException} where the port is not free
     */
    public Future<Void> open(Handler<HttpServerRequest> requests, Handler<HttpServerRequest> health) {
        String bind = listener.bind();
        int port = listener.address().port();
        return server.connectionHandler(connections::started)
                .requestHandler(handler(requests, health))
                .listen(port == 0 ? anyPort() : port, bind)
                .recover(cause -> Future.failedFuture(
                        StartException.listening(listener.protocol().settings() + ".port", bind, port, cause)))
                .onSuccess(listening -> listener.listening(listening.actualPort()))
                .onSuccess(listening -> certificates(listening))
                .mapEmpty();
    }

    /** Applies other limits from now on, to open connections too. Call on the event loop. */
    public void use(LimitSettings limits) {
        connections.use(limits);
    }

    /** Ends each connection after its next response, and idle ones. */
    public void drainConnections() {
        connections.drain();
    }

    /** Accepts no more connections, lets the requests under way end, and closes the rest after the timeout. */
    public Future<Void> shutdown(Duration timeout) {
        return server.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Handler<HttpServerRequest> handler(Handler<HttpServerRequest> requests, Handler<HttpServerRequest> health) {
        Handler<HttpServerRequest> limited =
                new RequestRateLimit(context.admission(), context.requests(), events, requests);
        return switch (listener.protocol()) {
            case HTTP ->
                context.settings().http().toHttps()
                        ? new HttpsRedirect(context.port(ListenerProtocol.HTTPS), health, events)
                        : limited;
            case HTTPS -> {
                Duration maxAge = context.settings()
                        .tls()
                        .map(TlsSettings::strictTransport)
                        .orElse(Duration.ZERO);
                yield maxAge.isZero() ? limited : new StrictTransportSecurity(maxAge, limited);
            }
            case H2C -> limited;
        };
    }

    private void certificates(HttpServer listening) {
        if (listener.protocol() == ListenerProtocol.HTTPS) {
            context.certificates().orElseThrow().serves(listening, options.getSslOptions());
        }
    }

    /** Vert.x shares a free port among the servers that ask for the same negative one. */
    private int anyPort() {
        return -1 - context.listeners().indexOf(listener);
    }
}
