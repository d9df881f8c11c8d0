package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code cluster}: which cluster a node joins.
 *
 * @param enabled false for a balancer that runs alone in front of listed servers
 * @param name nodes with another name belong to another cluster
 * @param bind the address that Hazelcast, the event bus and the node's own HTTP listen on; {@code auto} is the first IPv4
 *     address of the machine that is not loopback
 * @param port the first of 100 ports; Hazelcast takes the first free one
 * @param members addresses of the machines on which other nodes run
 * @param serviceDns the name of a headless Kubernetes service that replaces {@code members}
 * @param tls mutual TLS on the event bus; empty for none
 * @param secret what a member must know to join, from the environment only
 * @param secretFile where the secret is read from if it is not in the environment; empty for none
 */
public record ClusterSettings(
        boolean enabled,
        String name,
        String bind,
        int port,
        List<String> members,
        Optional<String> serviceDns,
        Optional<ClusterTlsSettings> tls,
        Optional<Secret> secret,
        Optional<Path> secretFile) {

    /** The number of ports, from {@link #port} on, that the nodes of a machine use. */
    public static final int PORT_COUNT = 100;

    static ClusterSettings read(SettingsReader reader, Home home) {
        return new ClusterSettings(
                reader.flag("enabled", true),
                reader.text("name", home.clusterName()),
                reader.text("bind", "127.0.0.1"),
                reader.number("port", 1, 65535 - PORT_COUNT, 5701),
                reader.texts("members", List.of("127.0.0.1")),
                reader.optionalText("kubernetes.service-dns"),
                ClusterTlsSettings.read(reader.in("tls")),
                reader.secret("secret"),
                reader.path("secret-file"));
    }
}
