package io.ratemesh.balancer.inspection;

import io.ratemesh.node.settings.ClusterSettings;
import java.util.Set;

/** Warns of a cluster that others can join. */
final class ClusterAdvice {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    private ClusterAdvice() {}

    static void add(ClusterSettings cluster, SettingsWarnings warnings) {
        boolean hasSecret = cluster.secret().isPresent() || cluster.secretFile().isPresent();
        warnings.addIf(
                cluster.enabled() && !LOOPBACK.contains(cluster.bind()) && !hasSecret,
                "cluster.bind",
                "\"" + cluster.bind() + "\" is open to other machines, and a member needs no secret to join",
                "set cluster.secret-file on every node");
    }
}
