package io.ratemesh.node.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.spi.merge.LatestUpdateMergePolicy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.ClusterSettings;

/** The configuration of Hazelcast: one interface, no multicast, fast failure detection. */
public final class HazelcastSetup {

    /** The member attribute with the role of a node. */
    public static final String ROLE_ATTRIBUTE = "role";

    /** The member attribute {@code tls} where the event bus of a node has TLS, and none where it has not. */
    static final String BUS_ATTRIBUTE = "bus";

    /** The map with the book under {@link #LATEST_BOOK}. */
    public static final String RATES_MAP = "rates";

    /** The key of the newest book in {@link #RATES_MAP}, as {@link io.ratemesh.model.RateBookCodec} writes it. */
    public static final String LATEST_BOOK = "latest";

    /** The map with the days under {@link #DAYS}, and each hour of minutes under the number of the hour since 1970. */
    public static final String HISTORY_MAP = "history";

    /** The key of the days in {@link #HISTORY_MAP}, as {@link io.ratemesh.model.history.HistoryCodec} writes them. */
    public static final String DAYS = "days";

    /** The map with the newest order of an operator to the scaler. */
    public static final String SCALER_MAP = "scaler";

    /** The map with the files of the pages of all builds, by path. */
    public static final String ASSETS_MAP = "assets";

    /** The time for a machine of the cluster to respond. */
    private static final int PROBE_MILLIS = 500;

    /** The number of members that may fail at once. */
    private static final int BACKUPS = 2;

    private HazelcastSetup() {}

    /**
     * Configures a member.
     *
     * @param settings of the cluster
     * @param address the numeric address to listen on
     * @param role of the node
     */
    public static Config configure(ClusterSettings settings, String address, NodeRole role) {
        // Not Vert.x's ConfigUtil, which starts an XML parser; its file configures only the subscriptions.
        Config config = new Config();
        config.setClusterName(settings.name());
        config.getMemberAttributeConfig().setAttribute(ROLE_ATTRIBUTE, role.word());
        settings.tls().ifPresent(tls -> config.getMemberAttributeConfig().setAttribute(BUS_ATTRIBUTE, "tls"));
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        unusedFeaturesOff(config);
        config.setProperty("hazelcast.socket.bind.any", "false");
        // Not with enabled interfaces: with those, Hazelcast ignores members on other interfaces.
        config.setProperty("hazelcast.local.localAddress", address);
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        // Hazelcast sleeps for a second before it looks; connections are opened when they are needed.
        config.setProperty("hazelcast.connect.all.wait.seconds", "0");
        config.setProperty("hazelcast.tcp.join.port.try.count", String.valueOf(ClusterSettings.PORT_COUNT));
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
        // A leaving member hands its data over. While many leave at once there is nobody to take it; the default is 600
        // s.
        config.setProperty("hazelcast.graceful.shutdown.max.wait", "2");
        // Two parts of a split cluster merge within seconds instead of the default 300 s.
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
        network(config.getNetworkConfig(), settings, address);
        config.getMultiMapConfig("__vertx.subs")
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET)
                .setBackupCount(BACKUPS);
        config.addMapConfig(map(RATES_MAP, NewestBookMergePolicy.class));
        config.addMapConfig(map(HISTORY_MAP, HistoryMergePolicy.class));
        // The merge policy compares times, which are kept only with statistics per entry.
        config.addMapConfig(map(SCALER_MAP, LatestUpdateMergePolicy.class).setPerEntryStatsEnabled(true));
        // A name has the hash of the content, so copies cannot differ.
        config.addMapConfig(map(ASSETS_MAP, PutIfAbsentMergePolicy.class));
        return config;
    }

    /** Each costs threads, memory or time at start. Nodes have metrics and logs of their own. */
    private static void unusedFeaturesOff(Config config) {
        config.getMetricsConfig().setEnabled(false);
        config.setProperty("hazelcast.health.monitoring.level", "OFF");
        config.setProperty("hazelcast.slow.operation.detector.enabled", "false");
        // The shared maps have a few entries, and the event bus has connections of its own.
        config.setProperty("hazelcast.io.thread.count", "1");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.event.thread.count", "1");
    }

    private static MapConfig map(String name, Class<?> mergePolicy) {
        return new MapConfig(name)
                .setBackupCount(BACKUPS)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(mergePolicy.getName()));
    }

    private static void network(NetworkConfig network, ClusterSettings settings, String address) {
        network.setPort(settings.port()).setPortAutoIncrement(true).setPortCount(ClusterSettings.PORT_COUNT);
        network.setPublicAddress(address);
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        settings.serviceDns()
                .ifPresentOrElse(
                        dns -> join.getKubernetesConfig()
                                .setEnabled(true)
                                .setProperty("service-dns", dns)
                                .setProperty("service-port", String.valueOf(settings.port())),
                        () -> {
                            join.getTcpIpConfig().setEnabled(true);
                            ReachableMachines.of(settings.members(), settings.port(), PROBE_MILLIS)
                                    .forEach(join.getTcpIpConfig()::addMember);
                        });
    }
}
