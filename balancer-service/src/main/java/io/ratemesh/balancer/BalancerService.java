package io.ratemesh.balancer;

import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.balancer.accesslog.AccessEntry;
import io.ratemesh.balancer.accesslog.AccessLogWriter;
import io.ratemesh.balancer.accesslog.ConfiguredAccessLog;
import io.ratemesh.balancer.admin.Account;
import io.ratemesh.balancer.admin.AdminPassword;
import io.ratemesh.balancer.admin.Password;
import io.ratemesh.balancer.admin.StatsServer;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.listener.ListenerContext;
import io.ratemesh.balancer.listener.ListenerPorts;
import io.ratemesh.balancer.listener.tls.Certificates;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.accesslog.AccessLog;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.ServiceCommand;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.micrometer.MetricsDomain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The balancer node: the front door on every event loop, the stats port on one. */
public final class BalancerService implements NodeService {

    private static final Logger LOG = LoggerFactory.getLogger(BalancerService.class);
    private static final String VIEWER = "viewer";

    private final List<BalancerVerticle> frontDoors = new CopyOnWriteArrayList<>();
    private Optional<AccessLog<AccessEntry>> accessLog = Optional.empty();
    private @Nullable TcpListeners tcp;
    private @Nullable PoolRegistry pools;
    private @Nullable ListenerContext entrance;
    private @Nullable HttpListeners addresses;
    private @Nullable Settings inForce;

    private BalancerService() {}

    /** Runs a balancer node. */
    public static void main(String[] args) {
        ServiceCommand.run(
                new BalancerService(),
                "The front door: proxies to the converters with least connections, serves the UI and the statistics.",
                args);
    }

    @Override
    public NodeRole role() {
        return NodeRole.BALANCER;
    }

    @Override
    public Set<MetricsDomain> measuredByItself() {
        return Set.of(
                MetricsDomain.HTTP_SERVER,
                MetricsDomain.HTTP_CLIENT,
                MetricsDomain.NET_SERVER,
                MetricsDomain.NET_CLIENT);
    }

    @Override
    public Future<Void> start(Node node) {
        BalancerSettings settings = node.settings().balancer();
        PoolRegistry all = new PoolRegistry(node, this::settled);
        TcpListeners tcpPorts = new TcpListeners(node, this::settled);
        pools = all;
        tcp = tcpPorts;
        addresses = new HttpListeners(settings, frontDoors);
        inForce = node.settings();
        all.use(settings.pools());
        boolean page = settings.statics().page() && settings.statics().dir().isEmpty();
        return node.vertx()
                .executeBlocking(() -> {
                    accessLog = ConfiguredAccessLog.open(settings.accessLog(), node.id());
                    return page ? new AssetHandler(AssetCatalog.load()) : AssetHandler.none();
                })
                .compose(assets -> ListenerContext.open(node.vertx(), node.ops(), settings)
                        .compose(opened -> {
                            entrance = opened;
                            return openFrontDoors(
                                    node, opened, new RoutingConfiguration(all.all(), settings.routes()), assets);
                        }))
                .compose(ignored -> tcpPorts.open(
                        settings.tcp(),
                        Objects.requireNonNull(entrance, "opened").admission()::trusted,
                        frontDoors.stream().map(BalancerVerticle::loop).toList()))
                .compose(ignored -> node.vertx().executeBlocking(() -> accounts(settings.stats())))
                .compose(accounts -> openStats(node, accounts))
                .compose(stats -> ready(node, stats.actualPort()));
    }

    private Future<Void> ready(Node node, int stats) {
        ListenerPorts.Numbers taken = frontDoors.get(0).ports();
        return node.announcer()
                .listening(taken.http())
                .compose(ignored -> node.announcer().state(NodeState.READY))
                .onSuccess(ignored -> LOG.info(StartupMessage.of(node.settings().balancer(), taken, stats)));
    }

    /** Takes over pools, routes, limits and trusted proxies; all else holds until a restart, and what asks for one is refused. */
    @Override
    public Future<Void> reload(Settings next) {
        Settings now = Objects.requireNonNull(inForce, "started");
        ListenerContext shared = Objects.requireNonNull(entrance, "started");
        List<String> faults = ReloadableSettings.faults(now, next);
        if (!faults.isEmpty()) {
            return Future.failedFuture(new SettingsException(faults));
        }
        inForce = next;
        BalancerSettings balancer = next.balancer();
        PoolRegistry all = Objects.requireNonNull(pools, "started");
        all.use(balancer.pools());
        Objects.requireNonNull(tcp, "started").use(balancer.tcp());
        shared.use(balancer.limits(), balancer.trustedProxies());
        // One that is of no use is told as an event; the old one stays.
        shared.certificates().ifPresent(Certificates::reread);
        return Future.join(frontDoors.stream()
                        .map(door ->
                                door.use(new RoutingConfiguration(all.all(), balancer.routes()), balancer.limits()))
                        .toList())
                .mapEmpty();
    }

    @Override
    public Future<Void> drain(Node node, Duration timeout) {
        List<Future<Void>> drained = new ArrayList<>(
                frontDoors.stream().map(door -> door.drain(timeout)).toList());
        drained.add(Objects.requireNonNull(tcp, "started").drain(timeout));
        return Future.join(drained)
                .eventually(() -> node.vertx().executeBlocking(() -> {
                    accessLog.ifPresent(AccessLog::close);
                    return null;
                }))
                .mapEmpty();
    }

    private Future<Void> settled() {
        return Future.join(frontDoors.stream().map(BalancerVerticle::settled).toList())
                .mapEmpty();
    }

    private Future<Void> openFrontDoors(
            Node node, ListenerContext shared, RoutingConfiguration ways, AssetHandler assets) {
        // Where the first cannot have a port, the others need not try.
        return openFrontDoor(new BalancerVerticle(node, assets, shared, ways, addresses(), logWriter()), node)
                .compose(ignored -> {
                    List<Future<Void>> others = new ArrayList<>();
                    for (int i = 1; i < node.settings().balancer().eventLoops(); i++) {
                        others.add(openFrontDoor(
                                new BalancerVerticle(node, assets, shared, ways, addresses(), logWriter()), node));
                    }
                    return Future.join(others).mapEmpty();
                });
    }

    private Future<Void> openFrontDoor(BalancerVerticle verticle, Node node) {
        return node.vertx()
                .deployVerticle(verticle)
                .onSuccess(ignored -> frontDoors.add(verticle))
                .mapEmpty();
    }

    private HttpListeners addresses() {
        return Objects.requireNonNull(addresses, "started");
    }

    private Optional<AccessLogWriter> logWriter() {
        return accessLog.map(log -> new AccessLogWriter(log.newQueue()));
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

    private Future<HttpServer> openStats(Node node, List<Account> accounts) {
        PoolRegistry http = Objects.requireNonNull(pools, "started");
        Stats stats = new Stats(
                http::all,
                Objects.requireNonNull(tcp, "started").all(),
                addresses()
                        .listeners(Objects.requireNonNull(entrance, "started").connections()::most),
                frontDoors.stream().map(BalancerVerticle::lag).toList(),
                InstantSource.system());
        node.announcer().measureWith(stats::inFlight, () -> 0);
        return new StatsServer(
                        node,
                        stats,
                        accounts,
                        Optional.empty(),
                        () -> accessLog.map(AccessLog::dropped).orElse(0L))
                .listen();
    }
}
