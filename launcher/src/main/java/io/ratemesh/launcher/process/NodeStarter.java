package io.ratemesh.launcher.process;

import io.ratemesh.launcher.log.NodeLog;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.NodeRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts nodes and stores each in the registry. */
public final class NodeStarter {

    private static final File NULL_DEVICE = new File("/dev/null");

    private static final String ACCESS_LOG = "balancer.access-log.to";

    private final CommandContext context;
    private final ClusterState state;
    private boolean closed;

    public NodeStarter(CommandContext context, ClusterState state) {
        this.context = context;
        this.state = state;
    }

    /** Starts a node that keeps running after this command, with its output in its log. */
    public StartedNode background(LaunchedRole role, Path jar, List<String> settings) {
        StartedNode node = start(role, jar, Optional.empty(), settings, false);
        context.console().progress(node.id() + " started (pid " + node.record().pid() + ")");
        return node;
    }

    /**
     * Starts a node in the terminal of the user.
     *
     * @param config a settings file that replaces that of the cluster
     */
    public StartedNode foreground(LaunchedRole role, Path jar, Optional<Path> config) {
        return start(role, jar, config, List.of(), true);
    }

    /** Rejects further starts. Call it before a shutdown, which would miss a node that starts in the meantime. */
    public synchronized void close() {
        closed = true;
    }

    private synchronized StartedNode start(
            LaunchedRole role, Path jar, Optional<Path> config, List<String> settings, boolean inForeground) {
        ClusterSnapshot snapshot = state.snapshot().orElseThrow(NodeStarter::clusterStopping);
        if (closed) {
            throw clusterStopping();
        }
        String id = state.nextId(role);
        Optional<Path> file = config.or(snapshot::config);
        List<String> arguments = NodeArguments.of(role, id, snapshot, file, defaults(role, snapshot, file), settings);
        List<String> command = NodeCommand.of(role, jar, arguments, context.environment());

        Path log = new NodeLog(state.home().logs()).rotate(id);
        ProcessBuilder builder = inForeground
                ? new ProcessBuilder(command).inheritIO()
                : new ProcessBuilder(DetachedSession.of(command, context.environment()))
                        .redirectInput(NULL_DEVICE)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.directory(folder(snapshot).toFile());
        environment(builder.environment());
        try {
            Process process = builder.start();
            NodeRecord record = state.nodes()
                    .add(new NodeRecord(id, role, process.pid(), "", Instant.now(), jar.toString(), arguments, false));
            return new StartedNode(record, process, log);
        } catch (IOException e) {
            throw CommandFailure.failed(id + " could not be started: " + e.getMessage());
        }
    }

    private List<String> defaults(LaunchedRole role, ClusterSnapshot snapshot, Optional<Path> config) {
        if (role != LaunchedRole.BALANCER) {
            return List.of();
        }
        boolean isSet = GivenSettings.read(context.environment(), config, folder(snapshot))
                .text(ACCESS_LOG)
                .isPresent();
        return isSet ? List.of() : List.of(ACCESS_LOG + "=" + state.home().accessLog());
    }

    private void environment(Map<String, String> environment) {
        environment.clear();
        environment.putAll(context.environment());
        environment.put("RATEMESH_HOME", state.home().folder().toString());
        // Otherwise glibc reserves an arena of up to 64 MB for nearly every thread.
        environment.putIfAbsent("MALLOC_ARENA_MAX", "2");
    }

    private static Path folder(ClusterSnapshot snapshot) {
        if (!Files.isDirectory(snapshot.workingFolder())) {
            throw CommandFailure.failed("the working folder of the cluster is missing: " + snapshot.workingFolder()
                    + "; create it, or restart the cluster with ./ratemesh down and up");
        }
        return snapshot.workingFolder();
    }

    private static CommandFailure clusterStopping() {
        return CommandFailure.failed("the cluster is being stopped");
    }
}
