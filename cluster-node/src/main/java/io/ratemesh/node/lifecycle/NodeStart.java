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
import io.ratemesh.node.cluster.BindAddress;
import io.ratemesh.node.cluster.HazelcastMembership;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.ratemesh.node.cluster.Membership;
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
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a node: joins the cluster, then begins to announce itself. */
final class NodeStart {

    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

    /** Both ways of the event bus notice a peer that hangs after this, not after 20 s as by default. */
    private static final long BUS_PING_MILLIS = 2000;

    /** Longer than a busy machine keeps a healthy process waiting: a death is seen by its member leaving anyway. */
    private static final long BUS_PONG_MILLIS = 5000;

    private NodeStart() {}

    /** Joins, or runs alone. Completes on an event loop, which the node's directory and announcer live on. */
    static Future<Node> join(NodeService service, Settings settings, SettingsSource source) {
        NodeRole role = service.role();
        String address = BindAddress.resolve(settings.cluster().bind());
        String id = settings.node().name().orElseGet(() -> role.word() + "-" + randomSuffix());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        VertxBuilder builder = Vertx.builder()
                .with(options(service, settings, address))
                .withTransport(TransportChoice.choose(settings.node().transport()))
                .withMetrics(new MicrometerMetricsFactory(meters));
        if (!settings.cluster().enabled()) {
            Vertx vertx = builder.build();
            return onEventLoop(
                    vertx,
                    () -> assemble(
                            id, service, address, vertx, settings, source, Membership.alone(), () -> true, meters));
        }
        HazelcastClusterManager manager =
                new HazelcastClusterManager(HazelcastSetup.configure(settings.cluster(), address, role));
        return builder.withClusterManager(manager)
                .buildClustered()
                .compose(vertx -> onEventLoop(vertx, () -> {
                    HazelcastInstance hazelcast = manager.getHazelcastInstance();
                    Membership membership = new HazelcastMembership(hazelcast.getCluster());
                    LOG.info(
                            "joined cluster {} as {} with {} members",
                            settings.cluster().name(),
                            id,
                            membership.size());
                    BooleanSupplier joined =
                            () -> hazelcast.getLifecycleService().isRunning();
                    return assemble(id, service, address, vertx, settings, source, membership, joined, meters);
                }));
    }

    private static Node assemble(
            String id,
            NodeService service,
            String address,
            Vertx vertx,
            Settings settings,
            SettingsSource source,
            Membership membership,
            BooleanSupplier joined,
            PrometheusMeterRegistry meters) {
        NodeRole role = service.role();
        OpsEvents ops = new OpsEvents(vertx, id);
        Instant startedAt =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        NodeDirectory directory = new NodeDirectory(vertx, membership);
        Announcer announcer = new Announcer(
                vertx,
                new Announcement(
                        id,
                        membership.self(),
                        role,
                        address,
                        0,
                        NodeState.STARTING,
                        0,
                        Load.NONE,
                        BuildInfo.version(),
                        startedAt));
        NodeHealth health =
                new NodeHealth(vertx, joined, () -> announcer.current().state());
        return new Node(
                id,
                role,
                address,
                vertx,
                settings,
                new Reload(vertx, id, ops, source, service),
                membership,
                directory,
                announcer,
                health,
                ops,
                meters);
    }

    private static VertxOptions options(NodeService service, Settings settings, String address) {
        int eventLoops =
                service.role() == NodeRole.BALANCER ? settings.balancer().eventLoops() : 1;
        EventBusOptions bus = new EventBusOptions()
                .setHost(address)
                .setClusterPublicHost(address)
                .setClusterPingInterval(BUS_PING_MILLIS)
                .setClusterPingReplyInterval(BUS_PONG_MILLIS);
        MicrometerMetricsOptions metrics = new MicrometerMetricsOptions()
                .setEnabled(true)
                // Vert.x keeps registries by name: of two nodes in one JVM, the one that ends would close the other's.
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

    private static Future<Node> onEventLoop(Vertx vertx, Supplier<Node> assemble) {
        Promise<Node> assembled = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> {
            try {
                assembled.complete(assemble.get());
            } catch (RuntimeException e) {
                assembled.fail(e);
            }
        });
        return assembled.future();
    }

    private static String randomSuffix() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()).substring(2);
    }
}
