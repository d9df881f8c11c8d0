package io.ratemesh.launcher.state;

import io.ratemesh.launcher.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** The stored state of the cluster of one home. */
public final class ClusterState {

    private final ClusterHome home;
    private final NodeRegistry nodes;

    public ClusterState(ClusterHome home, ProcessTable processes) {
        this.home = home;
        this.nodes = new NodeRegistry(home.pids(), processes);
    }

    public ClusterHome home() {
        return home;
    }

    public NodeRegistry nodes() {
        return nodes;
    }

    /** The parameters that {@code up} stored; empty after {@code down}. */
    public Optional<ClusterSnapshot> snapshot() {
        return PropertiesFile.read(home.clusterFile()).map(ClusterSnapshot::fromProperties);
    }

    /** Whether any node of this home runs. */
    public boolean isUp() {
        return !nodes.running().isEmpty();
    }

    /**
     * The parameters of the running cluster.
     *
     * @throws CommandFailure if no cluster is running
     */
    public ClusterSnapshot requireRunning() {
        return snapshot()
                .filter(stored -> isUp())
                .orElseThrow(() -> CommandFailure.failed(
                        "no cluster is up (state in " + home.folder() + "); start one: ./ratemesh up"));
    }

    public void write(ClusterSnapshot snapshot) {
        PropertiesFile.write(home.clusterFile(), snapshot.toProperties());
    }

    /** The id of a new node. Its number is stored before it is used, so that it is never used again. */
    public String nextId(LaunchedRole role) {
        ClusterSnapshot snapshot = snapshot()
                .orElseThrow(() -> CommandFailure.failed("no cluster is up"))
                .withNextNumber(role);
        write(snapshot);
        return snapshot.lastId(role);
    }

    /** Deletes the stored state. Logs, data and password stay. */
    public void clear() {
        try {
            nodes.all().forEach(nodes::remove);
            Files.deleteIfExists(home.clusterFile());
            Files.deleteIfExists(home.launcherCommand());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
