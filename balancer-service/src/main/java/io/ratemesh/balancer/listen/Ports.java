package io.ratemesh.balancer.listen;

import io.ratemesh.balancer.guard.Patience;
import io.ratemesh.balancer.guard.WireGuard;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.H2cSettings;
import io.ratemesh.node.settings.HttpSettings;
import io.ratemesh.node.settings.LimitSettings;
import io.ratemesh.node.settings.TlsSettings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The front door's ports on one event loop: what comes in there is guarded, counted and limited before anybody sees it. */
public final class Ports {

    private final Vertx vertx;
    private final Entrance entrance;
    private final Arrivals arrivals;
    private final WireGuard guard;
    private final Http2Guard guardOfStreams;
    private final List<HttpServer> servers = new ArrayList<>();
    private Numbers numbers;
    private Patience patience;

    /**
     * The numbers of ports.
     *
     * @param http without encryption; 0 for any that is free
     * @param tls with it; 0 for any that is free, or where there is none
     * @param h2c of HTTP/2 without it; 0 for any that is free, or where there is none
     */
    public record Numbers(int http, int tls, int h2c) {

        /** As they are set. */
        public static Numbers of(BalancerSettings settings) {
            return new Numbers(
                    settings.http().listen().port(),
                    settings.tls().map(tls -> tls.listen().port()).orElse(0),
                    settings.h2c().map(h2c -> h2c.listen().port()).orElse(0));
        }
    }

    /** For the current event loop. */
    public Ports(Vertx vertx, Entrance entrance, Numbers numbers, Arrivals arrivals) {
        this.vertx = vertx;
        this.entrance = entrance;
        this.arrivals = arrivals;
        this.numbers = numbers;
        LimitSettings limits = entrance.settings().limits();
        this.patience = Patience.of(limits);
        this.guard = new WireGuard(vertx, patience, arrivals::refused);
        this.guardOfStreams = new Http2Guard(vertx, limits, arrivals::refused);
    }

    /**
     * Opens them.
     *
     * @param door where requests go
     * @param health answers {@code /health} where all else is sent on to TLS
     * @return the numbers, which others may share; fails with a {@link StartException} where one is not to be had
     */
    public Future<Numbers> open(Handler<HttpServerRequest> door, Handler<HttpServerRequest> health) {
        Handler<HttpServerRequest> limited =
                new RequestLimit(entrance.admission(), entrance.requests(), arrivals, door);
        BalancerSettings settings = entrance.settings();
        return settings.tls()
                .map(tls -> openTls(tls, limited))
                .orElseGet(() -> Future.succeededFuture(0))
                .compose(tls -> {
                    boolean redirect = settings.http().toHttps();
                    return openPlain(settings.http(), redirect ? new HttpsRedirect(tls, health, arrivals) : limited)
                            .map(http -> new Numbers(http, tls, 0));
                })
                .compose(others -> settings.h2c()
                        .map(h2c -> openH2c(h2c, limited))
                        .orElseGet(() -> Future.succeededFuture(0))
                        .map(h2c -> new Numbers(others.http(), others.tls(), h2c)))
                .onSuccess(opened -> numbers = opened);
    }

    /** The numbers, once they are open. */
    public Numbers numbers() {
        return numbers;
    }

    /** Holds clients to other limits from now on, also those that are here. Call on the event loop. */
    public void use(LimitSettings limits) {
        patience = Patience.of(limits);
        guard.use(patience);
        guardOfStreams.use(limits);
    }

    /** Takes no more connections, lets requests under way end, closes. */
    public Future<Void> shutdown(Duration timeout) {
        return Future.join(servers.stream()
                        .map(server -> server.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS))
                        .toList())
                .mapEmpty();
    }

    private Future<Integer> openPlain(HttpSettings http, Handler<HttpServerRequest> handler) {
        LimitSettings limits = entrance.settings().limits();
        HttpServer server = vertx.createHttpServer(ServerOptions.plain(limits, http.proxyProtocol()));
        server.connectionHandler(connection -> arrive(connection, http.proxyProtocol()));
        return listen(server, handler, "balancer.http.port", http.listen(), numbers.http());
    }

    private Future<Integer> openH2c(H2cSettings h2c, Handler<HttpServerRequest> handler) {
        LimitSettings limits = entrance.settings().limits();
        HttpServer server = ClearTextHttp2.server(
                vertx,
                ServerOptions.h2c(limits, h2c.proxyProtocol()),
                connection -> entrance.admission().admit(connection, h2c.proxyProtocol()),
                () -> new Preface(patience, arrivals::refused));
        server.connectionHandler(connection -> {
            Preface.over(connection);
            guard(connection);
        });
        return listen(server, handler, "balancer.h2c.port", h2c.listen(), numbers.h2c());
    }

    private Future<Integer> openTls(TlsSettings tls, Handler<HttpServerRequest> handler) {
        Certificates certificates = entrance.certificates().orElseThrow();
        LimitSettings limits = entrance.settings().limits();
        HttpServerOptions options = ServerOptions.tls(limits, tls.proxyProtocol(), certificates.current());
        HttpServer server = vertx.createHttpServer(options);
        Handler<HttpServerRequest> answering =
                tls.strictTransport().isZero() ? handler : new StrictTransport(tls.strictTransport(), handler);
        server.connectionHandler(connection -> arrive(connection, tls.proxyProtocol()));
        return listen(server, answering, "balancer.tls.port", tls.listen(), numbers.tls())
                .onSuccess(ignored -> certificates.serves(server, options.getSslOptions()));
    }

    private Future<Integer> listen(
            HttpServer server, Handler<HttpServerRequest> handler, String key, Listen where, int port) {
        servers.add(server);
        return server.requestHandler(handler)
                .listen(port, where.bind())
                .map(HttpServer::actualPort)
                .recover(cause -> Future.failedFuture(StartException.listening(key, where.bind(), port, cause)));
    }

    private void arrive(HttpConnection connection, boolean proxied) {
        if (entrance.admission().admit(connection, proxied)) {
            guard(connection);
        }
    }

    private void guard(HttpConnection connection) {
        guard.guard(connection);
        guardOfStreams.guard(connection);
        arrivals.connectionOpened();
        connection.closeHandler(ignored -> arrivals.connectionClosed());
    }
}
