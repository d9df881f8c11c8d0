package io.ratemesh.launcher.state;

import io.ratemesh.launcher.outcome.Console;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where and for whom a command runs.
 *
 * @param environment the variables of the process
 * @param project the folder of {@code ./ratemesh}, under which the services' jars were built
 * @param workingFolder where the user stands
 */
public record CommandContext(Map<String, String> environment, Path project, Path workingFolder, Console console) {

    public CommandContext {
        environment = Map.copyOf(environment);
    }

    public ClusterHome home() {
        return ClusterHome.of(environment, project);
    }

    public ClusterState cluster() {
        return new ClusterState(home(), ProcessTable.ofThisMachine());
    }
}
