package io.ratemesh.balancer;

import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.health.CheckSchedule;
import io.ratemesh.balancer.pool.Availability;
import io.ratemesh.balancer.pool.Discovery;
import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.balancer.stats.AdminPassword;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.stats.StatsServer;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.DrainNotice;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.ServiceCommand;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.vertx.core.Future;
import io.vertx.micrometer.MetricsDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The balancer node: the front door on every event loop, the stats port on one. */
public final class BalancerService implements NodeService {

    private static final Logger LOG = LoggerFactory.getLogger(BalancerService.class);
    private static final String CONVERTERS = BalancerSettings.CONVERTERS;

    private final List<BalancerVerticle> frontDoors = new ArrayList<>();

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
        Pool converters = new Pool(settings.pool(CONVERTERS).orElseThrow(), System::nanoTime);
        follow(node, converters);
        return node.vertx()
                .executeBlocking(() ->
                        settings.statics().enabled() ? new AssetHandler(AssetCatalog.load()) : AssetHandler.none())
                .compose(assets -> openFrontDoors(node, converters, assets))
                .compose(ignored -> node.vertx().executeBlocking(() -> AdminPassword.of(settings.stats())))
                .compose(password -> openStats(node, converters, password))
                .compose(ignored -> node.announcer().listening(frontDoors.get(0).port()))
                .compose(ignored -> node.announcer().state(NodeState.READY))
                .onSuccess(ignored -> LOG.info(
                        "front door on {}:{}, {} event loops; statistics on {}:{}",
                        settings.http().bind(),
                        frontDoors.get(0).port(),
                        frontDoors.size(),
                        settings.stats().listen().bind(),
                        settings.stats().listen().port()));
    }

    @Override
    public Future<Void> drain(Node node, Duration timeout) {
        return Future.join(frontDoors.stream().map(door -> door.drain(timeout)).toList())
                .mapEmpty();
    }

    /** Keeps the pool as the converters' announcements and their checks say. */
    private void follow(Node node, Pool converters) {
        converters.listen((upstream, before) -> tell(node, upstream, before));
        CheckSchedule checks = new CheckSchedule(node.vertx(), converters);
        node.directory()
                .listen(new Discovery(
                        converters,
                        NodeRole.CONVERTER,
                        checks::askNow,
                        upstream -> Future.join(frontDoors.stream()
                                        .map(BalancerVerticle::settled)
                                        .toList())
                                .onComplete(ignored -> DrainNotice.heard(node.vertx(), upstream.id(), node.id()))));
    }

    private Future<Void> openFrontDoors(Node node, Pool converters, AssetHandler assets) {
        Listen listen = node.settings().balancer().http();
        // The first takes the port, which may be any free one; the others share it.
        return openFrontDoor(new BalancerVerticle(node, converters, assets, listen), node)
                .compose(port -> {
                    List<Future<Integer>> others = new ArrayList<>();
                    for (int i = 1; i < node.settings().balancer().eventLoops(); i++) {
                        Listen shared = new Listen(listen.bind(), port);
                        others.add(openFrontDoor(new BalancerVerticle(node, converters, assets, shared), node));
                    }
                    return Future.join(others).mapEmpty();
                });
    }

    private Future<Integer> openFrontDoor(BalancerVerticle verticle, Node node) {
        Listen listen = node.settings().balancer().http();
        return node.vertx()
                .deployVerticle(verticle)
                .recover(cause -> Future.failedFuture(
                        StartException.listening("balancer.http.port", listen.bind(), listen.port(), cause)))
                .map(ignored -> {
                    frontDoors.add(verticle);
                    return verticle.port();
                });
    }

    private Future<Void> openStats(Node node, Pool converters, AdminPassword password) {
        Stats stats = new Stats(
                converters,
                frontDoors.stream()
                        .map(door -> new Stats.LoopStats(door.pool(), door.counts()))
                        .toList());
        node.announcer().measureWith(stats::inFlight, () -> 0);
        return new StatsServer(node, stats, password).listen().mapEmpty();
    }

    private static void tell(Node node, Upstream upstream, Availability before) {
        switch (upstream.availability()) {
            case UP, SLOW_START -> {
                if (!before.takesRequests()) {
                    node.ops().tell("node-up", upstream.id(), "takes requests");
                }
            }
            case DOWN -> {
                String why = upstream.lastCheck().map(check -> check.detail()).orElse("");
                node.ops().tell("node-down", upstream.id(), "takes none any more (was " + before + "): " + why);
            }
            case EJECTED -> node.ops().tell("node-ejected", upstream.id(), "requests failed there in a row");
            case CHECKING, DRAINING, MAINTENANCE -> {
                // Said by whoever wanted it.
            }
        }
    }
}
