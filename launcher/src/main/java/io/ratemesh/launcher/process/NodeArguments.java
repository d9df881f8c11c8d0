package io.ratemesh.launcher.process;

import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.LaunchedRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a service is told on its command line. */
final class NodeArguments {

    private static final String SIMULATED_FEED = "rates.feeds=[{name: simulated, poll: 1s}]";

    private NodeArguments() {}

    /**
     * All of it.
     *
     * @param config the file of settings; empty for the one that nodes find by themselves
     * @param defaults settings that hold where the user said nothing
     * @param settings of this node alone
     */
    static List<String> of(
            LaunchedRole role,
            String id,
            ClusterSnapshot facts,
            Optional<Path> config,
            List<String> defaults,
            List<String> settings) {
        List<String> arguments = new ArrayList<>();
        config.ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
        set(arguments, "node.name=" + id);
        set(arguments, "cluster.name=" + facts.clusterName());
        if (role == LaunchedRole.RATES && facts.demo()) {
            set(arguments, SIMULATED_FEED);
        }
        if (role == LaunchedRole.BALANCER) {
            set(arguments, "balancer.http.port=" + facts.door().port());
            set(arguments, "balancer.stats.port=" + facts.stats().port());
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
