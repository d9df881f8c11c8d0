package io.ratemesh.rates;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.ServiceCommand;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.RatesSettings;
import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.rates.book.BookFile;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedCatalog;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A rates node: polls the feeds while it is the oldest of its role, agrees on one book, publishes it. */
public final class RatesService implements NodeService {

    private static final int IDLE_SECONDS = 60;

    private Optional<HttpServer> server = Optional.empty();
    private Optional<String> deployment = Optional.empty();

    /** Runs a rates node's process. */
    public static void main(String... args) {
        ServiceCommand.run(
                new RatesService(), "Polls exchange-rate feeds, agrees on one book of rates, publishes it.", args);
    }

    @Override
    public NodeRole role() {
        return NodeRole.RATES;
    }

    @Override
    public Future<Void> start(Node node) {
        RatesSettings settings = node.settings().rates();
        BookFile file = new BookFile(settings.dataDir(), Clock.systemUTC());
        List<Feed> feeds;
        try {
            feeds = new FeedCatalog().create(settings.feeds());
        } catch (SettingsException e) {
            return Future.failedFuture(e);
        }
        return node.vertx()
                .executeBlocking(() -> {
                    file.prepare();
                    return file;
                })
                .compose(prepared -> listen(node))
                .compose(listening -> {
                    server = Optional.of(listening);
                    return node.announcer().listening(listening.actualPort());
                })
                .compose(told -> node.vertx().deployVerticle(new RatesVerticle(node, feeds, file, Clock.systemUTC())))
                .onSuccess(id -> deployment = Optional.of(id))
                .mapEmpty();
    }

    @Override
    public Future<Void> drain(Node node, Duration timeout) {
        Future<Void> silent = deployment.map(id -> node.vertx().undeploy(id)).orElse(Future.succeededFuture());
        return silent.eventually(() -> server.map(open -> open.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS))
                .orElse(Future.succeededFuture()));
    }

    private static Future<HttpServer> listen(Node node) {
        Router router = Router.router(node.vertx());
        NodeRoutes.health(router, node.health());
        NodeRoutes.metrics(router, node.meters());
        int port = node.settings().rates().port();
        return node.vertx()
                .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
                .requestHandler(router)
                .listen(port, node.address())
                .recover(cause ->
                        Future.failedFuture(StartException.listening("rates.port", node.address(), port, cause)));
    }
}
