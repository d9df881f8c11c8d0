package io.ratemesh.launcher.command;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterHome;
import io.ratemesh.launcher.state.ClusterName;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.ListenAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a cluster about to start is called and where it listens: flags count before settings, settings before defaults. */
final class UpPlan {

    private static final int DOOR_PORT = 8080;
    private static final int STATS_PORT = 8404;
    private static final int CLUSTER_PORT = 5701;

    private final CommandContext workplace;
    private final GivenSettings given;

    UpPlan(CommandContext workplace, GivenSettings given) {
        this.workplace = workplace;
        this.given = given;
    }

    ClusterSnapshot decide(Optional<Path> config, Optional<Integer> port, Optional<Integer> statsPort, boolean demo) {
        ClusterHome home = workplace.home();
        ListenAddress door = new ListenAddress(
                given.text("balancer.http.bind").orElse("0.0.0.0"), chosen(port, "balancer.http.port", DOOR_PORT));
        ListenAddress stats = new ListenAddress(
                given.text("balancer.stats.bind").orElse("127.0.0.1"),
                chosen(statsPort, "balancer.stats.port", STATS_PORT));
        if (door.port() == stats.port()) {
            throw CommandFailure.wrongUsage("the front door and the stats port are both " + door.port()
                    + " (expected: two different ports, by --port and --stats-port)");
        }
        Path folder = workplace.workingFolder();
        return new ClusterSnapshot(
                clusterName(home),
                folder,
                config.map(folder::resolve).map(Path::normalize),
                demo,
                door,
                stats,
                given.text("balancer.stats.user").orElse("admin"),
                given.text("balancer.stats.password-file").map(folder::resolve).orElseGet(home::passwordFile),
                workplace.console().clock().instant(),
                Map.of());
    }

    private int chosen(Optional<Integer> flag, String setting, int byDefault) {
        int port = flag.or(() -> given.port(setting)).orElse(byDefault);
        return port == 0 ? PortAvailability.anyFree() : port;
    }

    private String clusterName(ClusterHome home) {
        return given.text("cluster.name").orElseGet(() -> {
            boolean strangersRun = !home.given()
                    && PortAvailability.answers(given.port("cluster.port").orElse(CLUSTER_PORT));
            String name = ClusterName.byDefault(home, strangersRun);
            if (strangersRun) {
                workplace.console().say("another cluster already runs on this machine; this one is called " + name);
            }
            return name;
        });
    }
}
