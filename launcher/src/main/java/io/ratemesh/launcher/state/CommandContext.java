package io.ratemesh.launcher.state;

import io.ratemesh.launcher.outcome.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The context in which a command runs.
 *
 * @param environment the variables of the process
 * @param project the folder of {@code ./ratemesh}, in which the jars of the services are built
 * @param workingFolder the current folder of the user
 * @param console the output
 */
public record CommandContext(Map<String, String> environment, Path project, Path workingFolder, Console console) {

    private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(2);

    public CommandContext {
        environment = Map.copyOf(environment);
    }

    public ClusterHome home() {
        return ClusterHome.of(environment, project);
    }

    public ClusterState cluster() {
        return new ClusterState(home(), ProcessTable.ofThisMachine());
    }

    /** Runs an action that changes the cluster; empty, without running it, while another command on this cluster runs. */
    public <T> Optional<T> lockedNow(Supplier<T> action) {
        return CommandLock.takeNow(home()).map(lock -> {
            try {
                return action.get();
            } finally {
                lock.close();
            }
        });
    }

    /** Runs an action that changes the cluster, after other commands on this cluster have ended. */
    public <T> T locked(Supplier<T> action) {
        CommandLock lock = CommandLock.take(
                home(),
                LOCK_TIMEOUT,
                () -> console.print("waiting for another ratemesh command on this cluster to end"));
        try {
            return action.get();
        } finally {
            lock.close();
        }
    }
}
