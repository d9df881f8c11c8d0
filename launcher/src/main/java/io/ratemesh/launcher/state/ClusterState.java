package io.ratemesh.launcher.state;

import io.ratemesh.launcher.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** All that a home knows of its cluster. */
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

    /** What {@code up} wrote down; empty where there was none, or {@code down} has tidied up since. */
    public Optional<ClusterSnapshot> facts() {
        return PropertiesFile.read(home.clusterFile()).map(ClusterSnapshot::fromProperties);
    }

    /** Whether a node of this home runs. */
    public boolean isUp() {
        return !nodes.living().isEmpty();
    }

    /**
     * For the commands that need a cluster.
     *
     * @throws CommandFailure where none is up
     */
    public ClusterSnapshot factsOfRunning() {
        return facts().filter(known -> isUp())
                .orElseThrow(() -> CommandFailure.failed(
                        "no cluster is up (state in " + home.folder() + "); start one: ./ratemesh up"));
    }

    public void write(ClusterSnapshot facts) {
        PropertiesFile.write(home.clusterFile(), facts.toProperties());
    }

    /** The id of a new node. A number once given is written down first, so that it is never given again. */
    public String allot(LaunchedRole role) {
        ClusterSnapshot facts = facts().orElseThrow(() -> CommandFailure.failed("no cluster is up"))
                .withOneMore(role);
        write(facts);
        return facts.lastId(role);
    }

    /** Forgets the cluster and what is left of its nodes; logs, data and password stay. */
    public void clear() {
        try {
            nodes.all().forEach(nodes::remove);
            Files.deleteIfExists(home.clusterFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
