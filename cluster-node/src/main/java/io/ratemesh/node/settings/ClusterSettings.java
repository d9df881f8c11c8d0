package io.ratemesh.node.settings;

import java.util.List;
import java.util.Optional;

/**
 * {@code cluster}: whom a node joins and where.
 *
 * @param enabled false for a balancer that runs alone in front of fixed servers
 * @param name nodes of another name are strangers
 * @param bind the one address Hazelcast, the event bus and the node's own HTTP listen on; {@code auto} is the machine's
 *     first address that is not loopback
 * @param port the first port Hazelcast tries; the next free one is taken
 * @param members the machines to look for others on
 * @param serviceDns a headless service of Kubernetes to find the others by, instead of {@code members}
 */
public record ClusterSettings(
        boolean enabled, String name, String bind, int port, List<String> members, Optional<String> serviceDns) {

    /** How many ports from {@link #port} on a machine's nodes may take. */
    public static final int PORT_COUNT = 100;

    static ClusterSettings read(SettingsReader reader, Home home) {
        return new ClusterSettings(
                reader.flag("cluster.enabled", true),
                reader.text("cluster.name", home.clusterName()),
                reader.text("cluster.bind", "127.0.0.1"),
                reader.number("cluster.port", 1, 65535 - PORT_COUNT, 5701),
                reader.texts("cluster.members", List.of("127.0.0.1")),
                reader.optionalText("cluster.kubernetes.service-dns"));
    }
}
