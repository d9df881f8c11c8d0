package io.ratemesh.launcher.command;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterHome;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.ListenAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The name and the listeners of a new cluster, by precedence: options, settings, defaults. */
final class UpPlan {

    private static final int HTTP_PORT = 8080;
    private static final int STATS_PORT = 8404;
    private static final int CLUSTER_PORT = 5701;

    private final CommandContext context;
    private final GivenSettings given;

    UpPlan(CommandContext context, GivenSettings given) {
        this.context = context;
        this.given = given;
    }

    ClusterSnapshot decide(Optional<Path> config, Optional<Integer> port, Optional<Integer> statsPort, boolean demo) {
        ClusterHome home = context.home();
        ListenAddress http = new ListenAddress(
                given.text("balancer.http.bind").orElse("0.0.0.0"), portOf(port, "balancer.http.port", HTTP_PORT));
        ListenAddress stats = new ListenAddress(
                given.text("balancer.stats.bind").orElse("127.0.0.1"),
                portOf(statsPort, "balancer.stats.port", STATS_PORT));
        if (http.port() == stats.port()) {
            throw CommandFailure.wrongUsage("the HTTP port and the stats port are both " + http.port()
                    + "; use two different ports with --port and --stats-port");
        }
        Path folder = context.workingFolder();
        return new ClusterSnapshot(
                clusterName(home),
                folder,
                config.map(folder::resolve).map(Path::normalize),
                demo,
                http,
                stats,
                given.text("balancer.stats.user").orElse("admin"),
                given.text("balancer.stats.password-file").map(folder::resolve).orElseGet(home::passwordFile),
                context.console().clock().instant(),
                Map.of());
    }

    private int portOf(Optional<Integer> flag, String setting, int byDefault) {
        int port = flag.or(() -> given.port(setting)).orElse(byDefault);
        return port == 0 ? PortAvailability.anyFree() : port;
    }

    private String clusterName(ClusterHome home) {
        return given.text("cluster.name").orElseGet(() -> {
            boolean otherClusterRuns = !home.given()
                    && PortAvailability.isInUse(given.port("cluster.port").orElse(CLUSTER_PORT));
            String name = home.clusterName(otherClusterRuns);
            if (otherClusterRuns) {
                context.console().print("another cluster is running on this machine; this one is named " + name);
            }
            return name;
        });
    }
}
