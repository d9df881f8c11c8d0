package io.ratemesh.launcher.process;

import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.LaunchedRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line of a service. */
final class NodeArguments {

    private static final String SIMULATED_FEED = "rates.feeds=[{name: simulated, poll: 1s}]";

    private NodeArguments() {}

    /**
     * The arguments.
     *
     * @param config the settings file; empty for the default file of the nodes
     * @param defaults settings that the user did not set
     * @param settings of this node only
     */
    static List<String> of(
            LaunchedRole role,
            String id,
            ClusterSnapshot snapshot,
            Optional<Path> config,
            List<String> defaults,
            List<String> settings) {
        List<String> arguments = new ArrayList<>();
        config.ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
        set(arguments, "node.name=" + id);
        set(arguments, "cluster.name=" + snapshot.clusterName());
        if (role == LaunchedRole.RATES && snapshot.demo()) {
            set(arguments, SIMULATED_FEED);
        }
        if (role == LaunchedRole.BALANCER) {
            set(arguments, "balancer.http.port=" + snapshot.http().port());
            set(arguments, "balancer.stats.port=" + snapshot.stats().port());
        }
        defaults.forEach(setting -> set(arguments, setting));
        settings.forEach(setting -> set(arguments, setting));
        return arguments;
    }

    private static void set(List<String> arguments, String setting) {
        arguments.add("--set");
        arguments.add(setting);
    }
}
