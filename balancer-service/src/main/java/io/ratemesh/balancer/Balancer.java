package io.ratemesh.balancer;

import io.micrometer.core.instrument.Gauge;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.balancer.accesslog.AccessEntry;
import io.ratemesh.balancer.accesslog.AccessLogWriter;
import io.ratemesh.balancer.accesslog.ConfiguredAccessLog;
import io.ratemesh.balancer.admin.Account;
import io.ratemesh.balancer.admin.AdminPassword;
import io.ratemesh.balancer.admin.Password;
import io.ratemesh.balancer.admin.ScaleControl;
import io.ratemesh.balancer.admin.StatsServer;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.assets.OtherBuilds;
import io.ratemesh.balancer.assets.SharedAssets;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.listener.ListenerContext;
import io.ratemesh.balancer.listener.tls.CertificateSet;
import io.ratemesh.balancer.scale.Scaler;
import io.ratemesh.balancer.scale.ScalerStatus;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.stats.json.CertificateJson;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.accesslog.AccessLog;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Home;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.node.warmup.WarmUp;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A balancer on a node: listeners and proxies on several event loops, TCP ports, and one port for statistics. */
final class Balancer {

    private static final String VIEWER = "viewer";
    private static final String FRONT_DOOR = "front-door-tls";
    private static final String FRONT_DOOR_CLIENTS = "front-door-tls clients";
    private static final String CLUSTER_CERTIFICATE_EXPIRY = "ratemesh.cluster.certificate.expiry.timestamp";

    private final Node node;
    private final Optional<AccessLog<AccessEntry>> accessLog;
    private final AssetCatalog catalog;
    private final OtherBuilds otherBuilds;
    private final AssetHandler assets;
    private final ListenerContext listeners;
    private final PoolRegistry pools;
    private final TcpListeners tcp;
    private final List<BalancerVerticle> loops = new CopyOnWriteArrayList<>();
    private @Nullable Scaler scaler;
    private Settings settings;

    private Balancer(
            Node node,
            Optional<AccessLog<AccessEntry>> accessLog,
            AssetCatalog catalog,
            OtherBuilds otherBuilds,
            ListenerContext listeners) {
        this.node = node;
        this.accessLog = accessLog;
        this.catalog = catalog;
        this.otherBuilds = otherBuilds;
        this.assets = assets(node.settings().balancer(), catalog, otherBuilds);
        this.listeners = listeners;
        this.settings = node.settings();
        this.pools = new PoolRegistry(node, this::settled);
        this.tcp = new TcpListeners(node, this::settled);
    }

    /** Reads the files that it needs, and does not listen yet. */
    static Future<Balancer> create(Node node) {
        BalancerSettings settings = node.settings().balancer();
        return ListenerContext.open(node.vertx(), node.ops(), settings)
                .compose(listeners -> node.vertx()
                        .executeBlocking(AssetCatalog::load)
                        .compose(catalog -> otherBuilds(node, catalog)
                                .compose(otherBuilds -> node.vertx()
                                        .executeBlocking(() -> new Balancer(
                                                node,
                                                ConfiguredAccessLog.open(settings.accessLog(), node.id()),
                                                catalog,
                                                otherBuilds,
                                                listeners)))));
    }

    /** The files of this build are shared while this node warms up, so before it serves a page that needs them. */
    private static Future<OtherBuilds> otherBuilds(Node node, AssetCatalog catalog) {
        if (!node.settings().cluster().enabled()) {
            return Future.succeededFuture(OtherBuilds.NONE);
        }
        return SharedAssets.open(node.vertx()).map(shared -> {
            Future<Void> unused = shared.share(catalog);
            return shared;
        });
    }

    /** The operations page belongs to the stats port, and needs to be filled in there. */
    private static AssetHandler assets(BalancerSettings settings, AssetCatalog catalog, OtherBuilds otherBuilds) {
        boolean page = settings.statics().page() && settings.statics().dir().isEmpty();
        return page
                ? new AssetHandler(
                        catalog.only(asset -> !isOfOperations(asset.path())),
                        path -> isOfOperations(path) ? OtherBuilds.NONE.find(path) : otherBuilds.find(path))
                : AssetHandler.none();
    }

    private static boolean isOfOperations(String path) {
        return path.startsWith("/operations/");
    }

    /** Warms up, then listens on all ports; returns that of the statistics. */
    Future<Integer> listen() {
        BalancerSettings initial = settings.balancer();
        return transports(initial).compose(transports -> {
            pools.use(initial.pools(), transports);
            return listen(initial);
        });
    }

    private Future<Integer> listen(BalancerSettings initial) {
        // Meanwhile the pools discover and check their servers.
        return filesOf(initial)
                .compose(files -> warmUp().compose(ignored -> deployLoops(
                        new RoutingConfiguration(pools.all(), initial.routes(), initial.compression(), files))))
                .compose(ignored -> tcp.open(
                        initial.tcp(),
                        listeners.admission()::trusted,
                        loops.stream().map(BalancerVerticle::loop).toList()))
                .compose(ignored -> node.vertx().executeBlocking(() -> accounts(initial.stats())))
                .compose(this::openStats)
                .map(HttpServer::actualPort);
    }

    /** The listeners for HTTP. */
    List<Listener> listeners() {
        return listeners.listeners();
    }

    /**
     * Applies pools, routes, compression, limits, trusted proxies and certificates; fails, and changes nothing, where other settings differ or a
     * certificate is invalid.
     */
    Future<Void> reload(Settings next) {
        List<String> faults = ReloadableSettings.faults(settings, next);
        if (!faults.isEmpty()) {
            return Future.failedFuture(new SettingsException(faults));
        }
        return filesOf(next.balancer())
                .compose(files -> transports(next.balancer())
                        .compose(transports -> listeners
                                .readCertificates(next.balancer())
                                .compose(certificates -> apply(next, files, transports, certificates))));
    }

    private Future<RoutingConfiguration.Files> filesOf(BalancerSettings from) {
        TrustedProxies trusted = TrustedProxies.of(listeners.admission()::trusted);
        return node.vertx().executeBlocking(() -> RoutingConfiguration.Files.read(node.vertx(), from, trusted));
    }

    /** Reads the files that pools name; fails with a {@link SettingsException} where one cannot be used. */
    private Future<List<UpstreamTransport>> transports(BalancerSettings of) {
        return of.pools().stream().allMatch(pool -> pool.connection().tls().isEmpty())
                ? Future.succeededFuture(
                        of.pools().stream().map(UpstreamTransport::read).toList())
                : node.vertx()
                        .executeBlocking(() ->
                                of.pools().stream().map(UpstreamTransport::read).toList());
    }

    private Future<Void> apply(
            Settings next,
            RoutingConfiguration.Files files,
            List<UpstreamTransport> transports,
            Optional<CertificateSet> certificates) {
        settings = next;
        BalancerSettings balancer = next.balancer();
        pools.use(balancer.pools(), transports);
        tcp.use(balancer.tcp());
        listeners.use(balancer.limits(), balancer.trustedProxies());
        if (scaler != null) {
            scaler.use(balancer.scaler());
        }
        certificates.ifPresent(read -> listeners.certificates().orElseThrow().use(read));
        RoutingConfiguration routing =
                new RoutingConfiguration(pools.all(), balancer.routes(), balancer.compression(), files);
        return Future.join(loops.stream()
                        .map(loop -> loop.use(routing, balancer.limits()))
                        .toList())
                .mapEmpty();
    }

    /**
     * Ends what is under way, and cuts what is still open after the timeout. Before, it accepts connections for the drain delay: whatever
     * directs clients here has time to see that this node is not ready.
     */
    Future<Void> drain(Duration timeout) {
        Duration delay = settings.balancer().drainDelay();
        if (delay.isZero()) {
            return close(timeout);
        }
        return Future.join(
                        loops.stream().map(BalancerVerticle::drainConnections).toList())
                .compose(ignored -> node.vertx().timer(delay.toMillis(), TimeUnit.MILLISECONDS))
                .compose(ignored -> close(timeout));
    }

    private Future<Void> close(Duration timeout) {
        List<Future<Void>> drained =
                new ArrayList<>(loops.stream().map(loop -> loop.drain(timeout)).toList());
        drained.add(tcp.drain(timeout));
        return Future.join(drained)
                .eventually(() -> node.vertx().executeBlocking(() -> {
                    accessLog.ifPresent(AccessLog::close);
                    return null;
                }))
                .mapEmpty();
    }

    /** Completes once no event loop can still send a request to an upstream that is no longer eligible. */
    private Future<Void> settled() {
        return Future.join(loops.stream().map(BalancerVerticle::settled).toList())
                .mapEmpty();
    }

    private Future<Void> warmUp() {
        Duration cpu = BalancerWarmUp.isUseful(settings.balancer())
                ? node.settings().node().warmUp()
                : Duration.ZERO;
        return WarmUp.run(node.vertx(), cpu, node.meters(), new BalancerWarmUp(node, assets));
    }

    /** Deploys the first loop alone: if it cannot listen, the others cannot either. */
    private Future<Void> deployLoops(RoutingConfiguration routing) {
        return deployLoop(routing).compose(ignored -> {
            List<Future<Void>> others = new ArrayList<>();
            for (int i = 1; i < settings.balancer().eventLoops(); i++) {
                others.add(deployLoop(routing));
            }
            return Future.join(others).mapEmpty();
        });
    }

    private Future<Void> deployLoop(RoutingConfiguration routing) {
        BalancerVerticle loop = new BalancerVerticle(
                node, assets, listeners, routing, accessLog.map(log -> new AccessLogWriter(log.newQueue())));
        return node.vertx()
                .deployVerticle(loop)
                .onSuccess(ignored -> loops.add(loop))
                .mapEmpty();
    }

    /** Reads files: not for an event loop. */
    private static List<Account> accounts(BalancerSettings.Stats settings) {
        List<Account> accounts = new ArrayList<>();
        accounts.add(new Account(settings.user(), AdminPassword.of(settings), Account.Role.ADMIN));
        settings.viewerPasswordFile()
                .ifPresent(file -> accounts.add(new Account(
                        VIEWER, Password.in(file, "balancer.stats.viewer-password-file"), Account.Role.VIEWER)));
        return accounts;
    }

    private Future<HttpServer> openStats(List<Account> accounts) {
        Stats stats = new Stats(
                pools::all,
                tcp.all(),
                listeners.listeners(),
                loops.stream().map(BalancerVerticle::lag).toList(),
                InstantSource.system());
        node.announcer().measureLoad(stats::inFlight, () -> 0);
        node.announcer().measureConverterRequests(stats::converterRequests);
        return openScaler().compose(opened -> listenForStats(stats, accounts, opened));
    }

    /** Without a cluster there is no converter to start. */
    private Future<Optional<Scaler>> openScaler() {
        if (!settings.cluster().enabled()) {
            return Future.succeededFuture(Optional.empty());
        }
        return Scaler.start(node, Home.of(System.getenv()).folder()).map(opened -> {
            scaler = opened;
            return Optional.of(opened);
        });
    }

    private Future<HttpServer> listenForStats(Stats stats, List<Account> accounts, Optional<Scaler> opened) {
        JsonObject none = ScalerStatus.none("a balancer without a cluster has no converters");
        return new StatsServer(
                        node,
                        stats,
                        accounts,
                        opened.map(ScaleControl.class::cast),
                        () -> opened.map(Scaler::status).orElse(none),
                        this::certificates,
                        () -> accessLog.map(AccessLog::dropped).orElse(0L),
                        catalog,
                        otherBuilds)
                .listen();
    }

    private JsonArray certificates() {
        JsonArray all = new JsonArray();
        listeners.certificates().ifPresent(certificates -> addFrontDoor(certificates.current(), all));
        Gauge expiry = node.meters().find(CLUSTER_CERTIFICATE_EXPIRY).gauge();
        if (expiry != null) {
            settings.cluster()
                    .tls()
                    .ifPresent(tls -> all.add(CertificateJson.of(
                            "cluster", tls.certificates(), Instant.ofEpochSecond((long) expiry.value()))));
        }
        return all;
    }

    private static void addFrontDoor(CertificateSet certificates, JsonArray all) {
        certificates
                .sites()
                .forEach(site -> all.add(CertificateJson.of(
                        FRONT_DOOR,
                        site.files().certificates(),
                        site.certificate().leaf())));
        certificates
                .handshake()
                .clients()
                .ifPresent(clients -> certificates
                        .clientCas()
                        .forEach(ca -> all.add(CertificateJson.of(FRONT_DOOR_CLIENTS, clients.ca(), ca))));
    }
}
