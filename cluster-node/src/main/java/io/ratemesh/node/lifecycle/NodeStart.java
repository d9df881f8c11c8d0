package io.ratemesh.node.lifecycle;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Announcer;
import io.ratemesh.node.announce.Load;
import io.ratemesh.node.announce.NodeDirectory;
import io.ratemesh.node.cluster.AuthenticatedMember;
import io.ratemesh.node.cluster.BindAddress;
import io.ratemesh.node.cluster.BusTls;
import io.ratemesh.node.cluster.ClusterMembership;
import io.ratemesh.node.cluster.HazelcastClustering;
import io.ratemesh.node.cluster.HazelcastMembership;
import io.ratemesh.node.cluster.MergeSearch;
import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.http.NodeHealth;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node: joins the cluster, then announces the node. */
final class NodeStart {

    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

    /** How often an event bus connection is checked for a hanging peer; the default is 20 s. */
    private static final long BUS_PING_MILLIS = 2000;

    /** Longer than a healthy process on a busy machine stalls. A crashed peer is detected by its member leaving. */
    private static final long BUS_PONG_MILLIS = 5000;

    private final NodeService service;
    private final Settings settings;
    private final SettingsSource source;
    private final String id;
    private final String address;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Optional<BusTls> tls;

    private NodeStart(NodeService service, Settings settings, SettingsSource source) {
        this.service = service;
        this.settings = settings;
        this.source = source;
        this.id = settings.node().name().orElseGet(() -> service.role().word() + "-" + randomSuffix());
        this.address = BindAddress.resolve(settings.cluster().bind());
        this.tls = settings.cluster()
                .tls()
                .filter(ignored -> settings.cluster().enabled())
                .map(files -> BusTls.read(files, Instant.now()));
    }

    /** Joins the cluster, or runs alone. Completes on the event loop of the node's directory and announcer. */
    static Future<Node> join(NodeService service, Settings settings, SettingsSource source) {
        NodeStart start = new NodeStart(service, settings, source);
        return settings.cluster().enabled() ? start.joinCluster() : start.runAlone();
    }

    private Future<Node> runAlone() {
        Vertx vertx = builder().build();
        return onEventLoop(vertx, () -> node(vertx, ClusterMembership.alone(), () -> true));
    }

    private Future<Node> joinCluster() {
        tls.ifPresent(bus -> bus.measure(meters));
        HazelcastClustering manager =
                AuthenticatedMember.clusterManager(settings.cluster(), address, service.role(), meters);
        return builder()
                .withClusterManager(manager)
                .buildClustered()
                .compose(vertx -> leaveIfOtherBus(vertx, manager))
                .compose(vertx -> onEventLoop(vertx, () -> {
                    HazelcastInstance hazelcast = manager.getHazelcastInstance();
                    ClusterMembership membership = membership(manager);
                    LOG.info(
                            "joined cluster {} as {} with {} members",
                            settings.cluster().name(),
                            id,
                            membership.size());
                    MergeSearch.start(vertx, hazelcast, settings.cluster());
                    return node(
                            vertx,
                            membership,
                            () -> hazelcast.getLifecycleService().isRunning());
                }));
    }

    private static HazelcastMembership membership(HazelcastClustering manager) {
        return new HazelcastMembership(manager);
    }

    /** Without a common event bus a node would be a member that sees nobody. */
    private Future<Vertx> leaveIfOtherBus(Vertx vertx, HazelcastClustering manager) {
        Optional<String> other = membership(manager).olderWithOtherBus();
        if (other.isEmpty()) {
            return Future.succeededFuture(vertx);
        }
        String differs = tls.isEmpty() ? "is not set, but %s has it" : "is set, but %s does not have it";
        return vertx.close()
                .transform(ignored -> Future.failedFuture(new StartException("cluster.tls: "
                        + differs.formatted(other.get()) + "; give every node of the cluster a certificate, or none")));
    }

    private Node node(Vertx vertx, ClusterMembership membership, BooleanSupplier joined) {
        OpsEvents ops = new OpsEvents(vertx, id);
        NodeDirectory directory = new NodeDirectory(vertx, membership);
        Announcer announcer = new Announcer(
                vertx,
                new Announcement(
                        id,
                        membership.self(),
                        service.role(),
                        address,
                        0,
                        NodeState.STARTING,
                        0,
                        Load.NONE,
                        BuildInfo.version(),
                        Instant.ofEpochMilli(
                                ManagementFactory.getRuntimeMXBean().getStartTime())));
        return new Node(
                id,
                service.role(),
                address,
                vertx,
                settings,
                new Reload(vertx, id, ops, source, service),
                membership,
                directory,
                announcer,
                new NodeHealth(vertx, joined, () -> announcer.current().state()),
                ops,
                meters);
    }

    private VertxBuilder builder() {
        return Vertx.builder()
                .with(options())
                .withTransport(TransportChoice.choose(settings.node().transport()))
                .withMetrics(new MicrometerMetricsFactory(meters));
    }

    private VertxOptions options() {
        int eventLoops =
                service.role() == NodeRole.BALANCER ? settings.balancer().eventLoops() : 1;
        EventBusOptions bus = new EventBusOptions()
                .setHost(address)
                .setClusterPublicHost(address)
                .setClusterPingInterval(BUS_PING_MILLIS)
                .setClusterPingReplyInterval(BUS_PONG_MILLIS);
        tls.ifPresent(secure -> secure.apply(bus));
        MicrometerMetricsOptions metrics = new MicrometerMetricsOptions()
                .setEnabled(true)
                // Vert.x shares registries by name, and the first node of a JVM that stops closes its registry.
                .setRegistryName(UUID.randomUUID().toString())
                .setJvmMetricsEnabled(true)
                .setPrometheusOptions(new VertxPrometheusOptions().setEnabled(true));
        service.ownMetrics().forEach(metrics::addDisabledMetricsCategory);
        return new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setEventBusOptions(bus)
                .setMetricsOptions(metrics);
    }

    private static Future<Node> onEventLoop(Vertx vertx, Supplier<Node> create) {
        Promise<Node> created = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> {
            try {
                created.complete(create.get());
            } catch (RuntimeException e) {
                created.fail(e);
            }
        });
        return created.future();
    }

    private static String randomSuffix() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()).substring(2);
    }
}
