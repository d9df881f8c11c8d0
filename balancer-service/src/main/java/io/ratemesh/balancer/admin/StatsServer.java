package io.ratemesh.balancer.admin;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.assets.OtherBuilds;
import io.ratemesh.balancer.cache.RouteCaches;
import io.ratemesh.balancer.stats.EventLog;
import io.ratemesh.balancer.stats.FeedReportLog;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.stats.TrafficHistory;
import io.ratemesh.balancer.stats.json.StatsJson;
import io.ratemesh.balancer.stats.json.StatsSources;
import io.ratemesh.balancer.stats.metrics.CacheMetrics;
import io.ratemesh.balancer.stats.metrics.StatsMetrics;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The stats port: statistics and commands with authentication; health, and metrics for {@code metrics-from}, without. */
public final class StatsServer {

    private static final int MAX_STREAMS = 32;
    private static final long SAMPLE_MILLIS = 1000;

    private final Node node;
    private final Stats stats;
    private final RouteCaches caches;
    private final List<Account> accounts;
    private final Optional<ScaleControl> scaling;
    private final Supplier<JsonObject> scalerStatus;
    private final Supplier<JsonArray> certificates;
    private final LongSupplier accessLogDropped;
    private final AssetCatalog assets;
    private final OtherBuilds otherBuilds;
    private final RateTracker rates = new RateTracker();
    private final TrafficHistory traffic = new TrafficHistory();

    /**
     * Creates the server without listening.
     *
     * @param caches that can be purged
     * @param accounts that may log in
     * @param scaling empty without a cluster
     * @param scalerStatus {@code scaler} in {@code /stats.json}
     * @param certificates in {@code /stats.json}
     * @param accessLogDropped number of requests that are missing in the access log
     * @param assets with the operations page
     * @param otherBuilds has the files of pages that another build served
     */
    public StatsServer(
            Node node,
            Stats stats,
            RouteCaches caches,
            List<Account> accounts,
            Optional<ScaleControl> scaling,
            Supplier<JsonObject> scalerStatus,
            Supplier<JsonArray> certificates,
            LongSupplier accessLogDropped,
            AssetCatalog assets,
            OtherBuilds otherBuilds) {
        this.node = node;
        this.stats = stats;
        this.caches = caches;
        this.accounts = List.copyOf(accounts);
        this.scaling = scaling;
        this.scalerStatus = scalerStatus;
        this.certificates = certificates;
        this.accessLogDropped = accessLogDropped;
        this.assets = assets;
        this.otherBuilds = otherBuilds;
    }

    /** Listens on the current event loop; fails with a {@link StartException} if the port is in use. */
    public Future<HttpServer> listen() {
        Listen listen = node.settings().balancer().stats().listen();
        node.meters().getPrometheusRegistry().register(new StatsMetrics(stats, accessLogDropped, certificates));
        node.meters().getPrometheusRegistry().register(new CacheMetrics(caches::snapshots));
        node.vertx().setPeriodic(SAMPLE_MILLIS, ignored -> sample());
        return node.vertx()
                .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(routes())
                .listen(listen.port(), listen.bind())
                .recover(cause -> Future.failedFuture(
                        StartException.listening("balancer.stats.port", listen.bind(), listen.port(), cause)));
    }

    private void sample() {
        StatsSnapshot snapshot = stats.snapshot();
        long now = System.nanoTime();
        rates.sample(snapshot, now);
        traffic.sample(snapshot, stats.httpPools(), now);
    }

    private Router routes() {
        Router router = Router.router(node.vertx());
        Login login = new Login(accounts, System::nanoTime);
        NodeRoutes.health(router, node.health());
        router.route("/metrics").handler(context -> {
            if (mayReadMetrics(context)) {
                context.next();
            } else {
                login.handle(context);
            }
        });
        NodeRoutes.metrics(router, node.meters());
        EventLog events = new EventLog(node.vertx());
        StatsJson json = new StatsJson(sources(events));
        StatsStream stream = new StatsStream(
                node.vertx(),
                () -> json.complete(stats.snapshot()),
                () -> json.current(stats.snapshot()),
                events,
                MAX_STREAMS);
        CsrfTokens tokens = new CsrfTokens(InstantSource.system());
        OperationsPage page = new OperationsPage(assets, () -> json.complete(stats.snapshot()), tokens);
        return StatsRouter.routes(
                router,
                login,
                new StatsRoutes(
                        stats, json, rates, stream, page, new AssetHandler(assets.only(Asset::immutable), otherBuilds)),
                new AdminApi(stats, caches, tokens, node.ops(), scaling, node.reload()::now));
    }

    private StatsSources sources(EventLog events) {
        return new StatsSources(
                node.announcer()::current,
                node.directory()::present,
                this::scaler,
                certificates,
                node.settings().rates().limits().staleAfter(),
                rates,
                traffic,
                new FeedReportLog(node.vertx(), InstantSource.system()),
                events);
    }

    /** The status of the scaler, and why orders cannot be carried out. */
    private JsonObject scaler() {
        return scalerStatus
                .get()
                .copy()
                .put("unavailable", AdminApi.scalingUnavailable(scaling).orElse(null));
    }

    private boolean mayReadMetrics(RoutingContext context) {
        String written = IpAddresses.text(context.request().remoteAddress());
        InetAddress address = written == null ? null : IpAddresses.parse(written);
        return address != null
                && AddressRange.anyContains(node.settings().balancer().stats().metricsFrom(), address);
    }
}
