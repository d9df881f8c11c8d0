package io.ratemesh.node.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.NetworkConfig;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.ClusterSettings;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;

/** Makes Hazelcast's configuration: one interface, no multicast, quick to notice a death. */
public final class HazelcastSetup {

    /** The member attribute that says what a node does. */
    public static final String ROLE_ATTRIBUTE = "role";

    /** The shared cache: the book under {@link #LATEST_BOOK}. */
    public static final String RATES_MAP = "rates";

    /** The key of the newest book in {@link #RATES_MAP}, as {@link io.ratemesh.model.RateBookCodec} writes it. */
    public static final String LATEST_BOOK = "latest";

    /** The shared cache of what was: the days under {@link #LEARNT_DAYS}, each hour of minutes under its number since 1970. */
    public static final String HISTORY_MAP = "history";

    /** The key of the days in {@link #HISTORY_MAP}, as {@link io.ratemesh.model.history.HistoryCodec} writes them. */
    public static final String LEARNT_DAYS = "days";

    /** How many members may be lost at once. */
    private static final int BACKUPS = 2;

    private HazelcastSetup() {}

    /**
     * Configures a member.
     *
     * @param settings whom to join and where
     * @param address the one address to listen on, as digits
     * @param role what the node does
     */
    public static Config configure(ClusterSettings settings, String address, NodeRole role) {
        Config config = ConfigUtil.loadConfig();
        config.setClusterName(settings.name());
        config.getMemberAttributeConfig().setAttribute(ROLE_ATTRIBUTE, role.word());
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        // Not by the enabled interfaces: with those, Hazelcast forgets every member that is not on one of them.
        config.setProperty("hazelcast.local.localAddress", address);
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.tcp.join.port.try.count", String.valueOf(ClusterSettings.PORT_COUNT));
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
        // Two halves that could not see each other at their start find together in seconds, not in the default 300.
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
        network(config.getNetworkConfig(), settings, address);
        config.getMultiMapConfig("__vertx.subs").setBackupCount(BACKUPS);
        config.addMapConfig(map(RATES_MAP, NewestBookMergePolicy.class));
        config.addMapConfig(map(HISTORY_MAP, HistoryMergePolicy.class));
        return config;
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
                        dns -> join.getKubernetesConfig().setEnabled(true).setProperty("service-dns", dns), () -> {
                            join.getTcpIpConfig().setEnabled(true);
                            settings.members().forEach(join.getTcpIpConfig()::addMember);
                        });
    }
}
