package io.ratemesh.rates;

import io.ratemesh.model.Rate;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.ServiceCommand;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.RatesSettings;
import io.ratemesh.node.settings.RestartRequired;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.rates.book.BookFile;
import io.ratemesh.rates.disk.FolderLock;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedCatalog;
import io.ratemesh.rates.feed.SimulatedFeed;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A rates node: while it is the oldest of its role, it polls the feeds, builds one book and publishes it. */
public final class RatesService implements NodeService {

    private static final int IDLE_SECONDS = 60;

    private Optional<HttpServer> server = Optional.empty();
    private Optional<String> deployment = Optional.empty();
    private @Nullable RatesVerticle verticle;
    private @Nullable FolderLock lock;
    private @Nullable Settings started;

    /** Runs the process of a rates node. */
    public static void main(String... args) {
        ServiceCommand.run(
                new RatesService(),
                "Polls exchange-rate feeds, builds one book of rates from them, and publishes it.",
                args);
    }

    @Override
    public NodeRole role() {
        return NodeRole.RATES;
    }

    @Override
    public Future<Void> start(Node node) {
        RatesSettings settings = node.settings().rates();
        started = node.settings();
        BookFile file = new BookFile(SimulatedFeed.folder(settings), Clock.systemUTC());
        List<Feed> feeds;
        try {
            feeds = new FeedCatalog().create(settings.feeds());
        } catch (SettingsException e) {
            return Future.failedFuture(e);
        }
        return node.vertx()
                .executeBlocking(() -> {
                    file.prepare();
                    return FolderLock.open(settings.dataDir());
                })
                .compose(opened -> {
                    lock = opened;
                    return listen(node);
                })
                .compose(listening -> {
                    server = Optional.of(listening);
                    return node.announcer().setPort(listening.actualPort());
                })
                .compose(announced -> {
                    RatesVerticle deploying = new RatesVerticle(
                            node, feeds, file, Objects.requireNonNull(lock, "opened"), Clock.systemUTC());
                    verticle = deploying;
                    return node.vertx().deployVerticle(deploying);
                })
                .onSuccess(id -> deployment = Optional.of(id))
                .mapEmpty();
    }

    /** Applies changed feeds and limits. Any other change needs a restart and is rejected. */
    @Override
    public Future<Void> reload(Settings next) {
        RatesSettings now = Objects.requireNonNull(started, "started").rates();
        RatesSettings rates = next.rates();
        List<String> faults = RestartRequired.node(Objects.requireNonNull(started, "started"), next)
                .same("rates.port", now.port(), rates.port())
                .same("rates.data-dir", now.dataDir(), rates.dataDir())
                .same(
                        "rates.feeds with or without " + Rate.SIMULATED,
                        SimulatedFeed.isConfigured(now),
                        SimulatedFeed.isConfigured(rates))
                .faults();
        if (!faults.isEmpty()) {
            return Future.failedFuture(new SettingsException(faults));
        }
        try {
            return Objects.requireNonNull(verticle, "started").reload(rates, new FeedCatalog().create(rates.feeds()));
        } catch (SettingsException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> drain(Node node, Duration timeout) {
        Future<Void> stopped = deployment.map(id -> node.vertx().undeploy(id)).orElse(Future.succeededFuture());
        return stopped.onComplete(ignored -> Optional.ofNullable(lock).ifPresent(FolderLock::close))
                .eventually(() -> server.map(open -> open.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS))
                        .orElse(Future.succeededFuture()));
    }

    private static Future<HttpServer> listen(Node node) {
        Router router = Router.router(node.vertx());
        NodeRoutes.health(router, node.health());
        NodeRoutes.metrics(router, node.meters());
        int port = node.settings().rates().port();
        return node.vertx()
                .createHttpServer(
                        new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false))
                .requestHandler(router)
                .listen(port, node.address())
                .recover(cause ->
                        Future.failedFuture(StartException.listening("rates.port", node.address(), port, cause)));
    }
}
