package io.ratemesh.balancer.stats;

import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.BalancerSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BasicAuthHandler;
import io.vertx.ext.web.handler.HttpException;
import java.time.Instant;

/** The operators' port: statistics behind a password, health and, from this machine, metrics without. */
public final class StatsServer {

    private static final int UNAUTHORIZED = 401;
    private static final String REALM = "Ratemesh";

    private final Node node;
    private final Stats stats;
    private final EventLog events;
    private final AdminPassword password;
    private final StatsMeters meters;

    public StatsServer(Node node, Stats stats, AdminPassword password) {
        this.node = node;
        this.stats = stats;
        this.password = password;
        this.meters = new StatsMeters(stats, node.meters());
        this.events = new EventLog(node.vertx());
    }

    /** Listens; fails with a {@link StartException} where the port is taken. */
    public Future<HttpServer> listen() {
        BalancerSettings.Stats settings = node.settings().balancer().stats();
        String bind = settings.listen().bind();
        int port = settings.listen().port();
        Vertx vertx = node.vertx();
        return vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(routes(vertx, settings.user()))
                .listen(port, bind)
                .recover(cause ->
                        Future.failedFuture(StartException.listening("balancer.stats.port", bind, port, cause)));
    }

    private Router routes(Vertx vertx, String user) {
        BasicAuthHandler login = BasicAuthHandler.create(authentication(user), REALM);
        Router router = Router.router(vertx);
        // A wrong password is the client's fault and no line in the log, which anyone could fill with them.
        router.errorHandler(
                UNAUTHORIZED,
                ask -> ask.response().setStatusCode(UNAUTHORIZED).end("A user and a password are needed.\n"));
        NodeRoutes.health(router, node.health());
        router.get("/metrics").handler(ask -> {
            meters.follow();
            if (fromThisMachine(ask)) {
                ask.next();
            } else {
                login.handle(ask);
            }
        });
        NodeRoutes.metrics(router, node.meters());
        router.route().handler(login);
        // Until the operations page is there, a browser is shown the same as JSON.
        router.get("/").handler(ask -> ask.redirect("/stats.json"));
        router.get("/stats").handler(ask -> ask.redirect("/stats.json"));
        router.get("/stats.json").handler(this::json);
        router.get("/stats;csv").handler(this::csv);
        router.get("/;csv").handler(this::csv);
        router.getWithRegex("/stats/?;csv(;norefresh)?").handler(this::csv);
        router.get("/haproxy").handler(this::csvByQuery);
        return router;
    }

    private void json(RoutingContext ask) {
        ask.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(StatsJson.write(node, stats, events, Instant.now()).toBuffer());
    }

    private void csv(RoutingContext ask) {
        ask.response()
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(StatsCsv.write(stats));
    }

    /** HAProxy's usual address, {@code /haproxy?stats;csv}. */
    private void csvByQuery(RoutingContext ask) {
        String query = ask.request().query();
        if (query != null && query.startsWith("stats;csv")) {
            csv(ask);
        } else {
            ask.next();
        }
    }

    private AuthenticationProvider authentication(String user) {
        return credentials -> {
            if (credentials instanceof UsernamePasswordCredentials given
                    && user.equals(given.getUsername())
                    && given.getPassword() != null
                    && password.matches(given.getPassword())) {
                return Future.succeededFuture(User.fromName(user));
            }
            return Future.failedFuture(new HttpException(UNAUTHORIZED));
        };
    }

    private static boolean fromThisMachine(RoutingContext ask) {
        var from = ask.request().remoteAddress();
        String address = from == null ? null : from.hostAddress();
        return address != null && (address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1"));
    }
}
