package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.listener.tls.Certificates;
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
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The front door's ports on one event loop: what comes in there is guarded, counted and limited before anybody sees it. */
public final class ListenerPorts {

    /** What Vert.x is asked for where any free port will do: loops that ask for the same one of these share what is found. */
    private static final int ANY_PLAIN = -1;

    private static final int ANY_ENCRYPTED = -2;
    private static final int ANY_CLEAR_TEXT = -3;

    private final Vertx vertx;
    private final ListenerContext entrance;
    private final ConnectionInitializer plain;
    private final ConnectionInitializer encrypted;
    private final ConnectionInitializer clearText;
    private final List<HttpServer> servers = new ArrayList<>();
    private @Nullable Numbers numbers;

    /**
     * The numbers of ports.
     *
     * @param http without encryption
     * @param tls with it; 0 where there is none
     * @param h2c of HTTP/2 without it; 0 where there is none
     */
    public record Numbers(int http, int tls, int h2c) {}

    /**
     * Where requests of a port go, and who is told what happens there.
     *
     * @param door answers them
     * @param arrivals told
     */
    public record Way(Handler<HttpServerRequest> door, ListenerEvents arrivals) {}

    /**
     * For the current event loop.
     *
     * @param plain for what comes without encryption
     * @param encrypted for what comes over TLS
     * @param clearText for what is HTTP/2 without it from the first octet on
     */
    public ListenerPorts(Vertx vertx, ListenerContext entrance, Way plain, Way encrypted, Way clearText) {
        this.vertx = vertx;
        this.entrance = entrance;
        this.plain = new ConnectionInitializer(vertx, entrance, plain);
        this.encrypted = new ConnectionInitializer(vertx, entrance, encrypted);
        this.clearText = new ConnectionInitializer(vertx, entrance, clearText);
    }

    /**
     * Opens them.
     *
     * @param health answers {@code /health} where all else is sent on to TLS
     * @return the numbers, the same on each loop; fails with a {@link StartException} where one is not to be had
     */
    public Future<Numbers> open(Handler<HttpServerRequest> health) {
        BalancerSettings settings = entrance.settings();
        return settings.tls()
                .map(tls -> openTls(tls, encrypted.door()))
                .orElseGet(() -> Future.succeededFuture(0))
                .compose(tls -> {
                    boolean redirect = settings.http().toHttps();
                    HttpsRedirect sentOn = new HttpsRedirect(tls, health, plain.arrivals());
                    return openPlain(settings.http(), redirect ? sentOn : plain.door())
                            .map(http -> new Numbers(http, tls, 0));
                })
                .compose(others -> settings.h2c()
                        .map(h2c -> openH2c(h2c, clearText.door()))
                        .orElseGet(() -> Future.succeededFuture(0))
                        .map(h2c -> new Numbers(others.http(), others.tls(), h2c)))
                .onSuccess(opened -> numbers = opened);
    }

    /** The numbers, once they are open. */
    public Numbers numbers() {
        return Objects.requireNonNull(numbers, "open");
    }

    /** Holds clients to other limits from now on, also those that are here. Call on the event loop. */
    public void use(LimitSettings limits) {
        plain.use(limits);
        encrypted.use(limits);
        clearText.use(limits);
    }

    /** Takes no more connections, lets requests under way end, closes. */
    public Future<Void> shutdown(Duration timeout) {
        return Future.join(servers.stream()
                        .map(server -> server.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS))
                        .toList())
                .mapEmpty();
    }

    private Future<Integer> openPlain(HttpSettings http, Handler<HttpServerRequest> handler) {
        HttpServer server = EarlyAcceptServers.plain(
                vertx, ServerOptions.plain(http.proxyProtocol()), entrance.plainDoors(), plain);
        server.connectionHandler(connection -> plain.meet(connection, http.proxyProtocol()));
        return listen(server, handler, "balancer.http.port", http.listen(), ANY_PLAIN);
    }

    private Future<Integer> openH2c(H2cSettings h2c, Handler<HttpServerRequest> handler) {
        LimitSettings limits = entrance.settings().limits();
        HttpServer server = EarlyAcceptServers.clearText(
                vertx, ServerOptions.h2c(limits, h2c.proxyProtocol()), entrance.clearTextDoors(), clearText);
        server.connectionHandler(connection -> {
            ConnectionPreface.over(connection);
            clearText.begins(connection);
        });
        return listen(server, handler, "balancer.h2c.port", h2c.listen(), ANY_CLEAR_TEXT);
    }

    private Future<Integer> openTls(TlsSettings tls, Handler<HttpServerRequest> handler) {
        Certificates certificates = entrance.certificates().orElseThrow();
        LimitSettings limits = entrance.settings().limits();
        HttpServerOptions options = ServerOptions.tls(limits, tls.proxyProtocol(), certificates.current());
        HttpServer server = EarlyAcceptServers.encrypted(vertx, options, entrance.doors(), encrypted);
        Handler<HttpServerRequest> answering =
                tls.strictTransport().isZero() ? handler : new StrictTransportSecurity(tls.strictTransport(), handler);
        server.connectionHandler(encrypted::begins);
        return listen(server, answering, "balancer.tls.port", tls.listen(), ANY_ENCRYPTED)
                .onSuccess(ignored -> certificates.serves(server, options.getSslOptions()));
    }

    private Future<Integer> listen(
            HttpServer server, Handler<HttpServerRequest> handler, String key, Listen where, int any) {
        servers.add(server);
        return server.requestHandler(handler)
                .listen(where.port() == 0 ? any : where.port(), where.bind())
                .map(HttpServer::actualPort)
                .recover(
                        cause -> Future.failedFuture(StartException.listening(key, where.bind(), where.port(), cause)));
    }
}
