package io.ratemesh.converter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.ratemesh.converter.accesslog.ConverterAccessEntry;
import io.ratemesh.converter.accesslog.ConverterLineFormat;
import io.ratemesh.converter.accesslog.LoggedRequests;
import io.ratemesh.converter.api.ApiRoutes;
import io.ratemesh.converter.book.BookFollower;
import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.CurrentBook;
import io.ratemesh.converter.book.FeedStatus;
import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.history.HistoryFollower;
import io.ratemesh.converter.history.HistoryMeters;
import io.ratemesh.converter.http.ServerLimits;
import io.ratemesh.converter.route.ApiHandler;
import io.ratemesh.converter.route.RouteTable;
import io.ratemesh.converter.stream.StreamHub;
import io.ratemesh.converter.warmup.ConverterWarmUp;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.accesslog.AccessLog;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.NodeDirectory;
import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.AccessLogSettings;
import io.ratemesh.node.settings.ConverterSettings;
import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.node.warmup.WarmUp;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the parts of a converter on one event loop: book, history, server and streams. */
final class ConverterVerticle extends VerticleBase {

    private static final double MILLIS_PER_SECOND = 1000;

    /** How long a draining node accepts the next request of an idle connection. */
    private static final Duration LAST_REQUESTS = Duration.ofMillis(250);

    /** Entries that may be queued: a tenth of a second of a busy node, 2 MB at most. */
    private static final int ACCESS_LOG_CAPACITY = 4096;

    private final Node node;
    private final Clock clock = Clock.systemUTC();
    private final CurrentBook current = new CurrentBook();
    private final CurrentHistory history = new CurrentHistory();
    private final AtomicInteger connections = new AtomicInteger();
    private Future<Void> warm = Future.succeededFuture();
    private boolean fetchedRecentBooks;
    private @Nullable HttpServer server;
    private @Nullable StreamHub streams;
    private @Nullable AccessLog<ConverterAccessEntry> accessLog;

    ConverterVerticle(Node node) {
        this.node = node;
    }

    @Override
    public Future<?> start() {
        ConverterSettings settings = node.settings().converter();
        StreamHub hub = new StreamHub(vertx, settings, clock, node.meters());
        streams = hub;
        current.listen(hub::publish);
        current.listen(book -> announce(book, hub));
        history.listen(current::history);
        node.health().addReadinessCheck("book", this::health);
        measure();
        Future<Void> days = new HistoryFollower(vertx, clock, history).start();
        FeedStatus feeds = new FeedStatus(vertx);
        // Meanwhile the history and the book are read.
        warm = WarmUp.run(
                vertx, node.settings().node().warmUp(), node.meters(), new ConverterWarmUp(node, history, feeds));
        RouteTable routes = ApiRoutes.table(node, history, feeds, hub);
        ApiHandler api = new ApiHandler(node, clock, current, routes, nodeRoutes());
        HttpServer created = vertx.createHttpServer(ServerLimits.options(node.address(), settings))
                .requestHandler(
                        settings.accessLog().isPresent()
                                ? logged(api, settings.accessLog().get())
                                : api)
                .connectionHandler(this::opened)
                .invalidRequestHandler(api::handleInvalid);
        server = created;
        return created.listen()
                .recover(cause -> Future.failedFuture(
                        StartException.listening("converter.port", node.address(), settings.port(), cause)))
                .compose(listening -> {
                    node.announcer().measureLoad(api::inFlight, hub::open);
                    return node.announcer().setPort(listening.actualPort());
                })
                // The first book makes the node ready, so the history is loaded before it.
                .compose(ignored -> days)
                .onSuccess(ignored -> follow());
    }

    /** Ends the streams, then waits for the requests in flight and closes the connections. */
    Future<Void> drain(Duration timeout) {
        Promise<Void> drained = Promise.promise();
        context.runOnContext(ignored -> {
            if (streams != null) {
                streams.drain();
            }
            long lastRequests = connections.get() == 0 ? 1 : LAST_REQUESTS.toMillis();
            vertx.timer(lastRequests, TimeUnit.MILLISECONDS)
                    .<Void>transform(waited -> server == null
                            ? Future.succeededFuture()
                            : server.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS))
                    .onComplete(drained);
        });
        return drained.future();
    }

    private Handler<HttpServerRequest> logged(ApiHandler api, String where) {
        try {
            ConverterLineFormat format = new ConverterLineFormat(node.id());
            AccessLog<ConverterAccessEntry> log = where.equals(AccessLogSettings.STDOUT)
                    ? AccessLog.toStdout(format, ACCESS_LOG_CAPACITY)
                    : AccessLog.toFile(format, ACCESS_LOG_CAPACITY, Path.of(where));
            accessLog = log;
            FunctionCounter.builder("ratemesh.converter.access.log.dropped", log, AccessLog::dropped)
                    .description("Requests that are missing in the access log")
                    .register(node.meters());
            return new LoggedRequests(log.newQueue(), clock, api);
        } catch (IOException e) {
            throw new SettingsException("converter.access-log: " + where
                    + "; must be off, stdout, or a file that can be written: " + e.getMessage());
        }
    }

    @Override
    public Future<?> stop() {
        AccessLog<ConverterAccessEntry> log = accessLog;
        return log == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    log.close();
                    return null;
                });
    }

    private void opened(HttpConnection connection) {
        connections.incrementAndGet();
        connection.closeHandler(ignored -> connections.decrementAndGet());
    }

    private void follow() {
        BookFollower follower = new BookFollower(vertx, current);
        follower.start();
        node.directory().addListener(new NodeDirectory.NodeListener() {
            @Override
            public void nodeAnnounced(Announcement announced) {
                follower.announced(announced.bookVersion());
            }

            @Override
            public void nodeLost(Announcement announced) {
                // A book outlives the node that announced it.
            }
        });
    }

    private void announce(BookView book, StreamHub hub) {
        node.announcer().setBookVersion(book.version());
        if (!fetchedRecentBooks) {
            fetchedRecentBooks = true;
            hub.fetchRecentBooks().compose(ignored -> warm).onSuccess(ignored -> ready());
        }
    }

    private void ready() {
        if (node.announcer().current().state() == NodeState.STARTING) {
            node.announcer().setState(NodeState.READY);
        }
    }

    /** A stale book still serves; every response says that it is stale. */
    private Status health() {
        BookView book = current.view();
        JsonObject data = new JsonObject().put("version", book.version());
        return book.isEmpty() ? Status.KO(data) : Status.OK(data.put("stale", book.anyStale(clock.instant())));
    }

    private Router nodeRoutes() {
        Router router = Router.router(vertx);
        NodeRoutes.health(router, node.health());
        NodeRoutes.metrics(router, node.meters());
        return router;
    }

    private void measure() {
        HistoryMeters.register(() -> current.view().history(), history, node.meters());
        Gauge.builder("ratemesh.converter.connections", connections::get)
                .description("Open connections, streams included")
                .register(node.meters());
        Gauge.builder("ratemesh.converter.book.version", () -> current.view().version())
                .description("Version of the current book, 0 for none")
                .register(node.meters());
        Gauge.builder(
                        "ratemesh.converter.book.age",
                        () -> current.view().isEmpty()
                                ? 0
                                : Math.max(0, clock.millis() - current.view().version()) / MILLIS_PER_SECOND)
                .description("Age of the current book")
                .baseUnit("seconds")
                .register(node.meters());
    }
}
