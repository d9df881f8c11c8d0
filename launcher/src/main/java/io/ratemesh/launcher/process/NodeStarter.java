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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts nodes and writes each down before anything else can happen to it. */
public final class NodeStarter {

    private static final File NOTHING = new File("/dev/null");

    private static final String ACCESS_LOG = "balancer.access-log.to";

    private final CommandContext workplace;
    private final ClusterState state;
    private boolean closed;

    public NodeStarter(CommandContext workplace, ClusterState state) {
        this.workplace = workplace;
        this.state = state;
    }

    /** Starts a node that outlives this command; what it says goes into its log. */
    public StartedNode background(LaunchedRole role, Path jar, List<String> settings) {
        return start(role, jar, Optional.empty(), settings, false);
    }

    /**
     * Starts a node that lives in the user's terminal.
     *
     * @param config settings of its own instead of the cluster's
     */
    public StartedNode foreground(LaunchedRole role, Path jar, Optional<Path> config) {
        return start(role, jar, config, List.of(), true);
    }

    /** From now on nothing is started: called before a shutdown, which would miss a node that is born during it. */
    public synchronized void close() {
        closed = true;
    }

    private synchronized StartedNode start(
            LaunchedRole role, Path jar, Optional<Path> config, List<String> settings, boolean inTerminal) {
        ClusterSnapshot facts = state.facts().orElseThrow(NodeStarter::stopped);
        if (closed) {
            throw stopped();
        }
        String id = state.allot(role);
        Optional<Path> file = config.or(facts::config);
        List<String> arguments = NodeArguments.of(role, id, facts, file, defaults(role, facts, file), settings);
        List<String> command = new ArrayList<>();
        command.add(JvmOptions.java());
        command.addAll(ClassDataArchives.options(jar, workplace.environment()));
        command.addAll(JvmOptions.of(role, workplace.environment()));
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);

        Path log = new NodeLog(state.home().logs()).fresh(id);
        ProcessBuilder builder = inTerminal
                ? new ProcessBuilder(command).inheritIO()
                : new ProcessBuilder(DetachedSession.of(command, workplace.environment()))
                        .redirectInput(NOTHING)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.directory(folder(facts).toFile());
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

    private List<String> defaults(LaunchedRole role, ClusterSnapshot facts, Optional<Path> config) {
        if (role != LaunchedRole.BALANCER) {
            return List.of();
        }
        boolean said = GivenSettings.read(workplace.environment(), config, folder(facts))
                .text(ACCESS_LOG)
                .isPresent();
        return said ? List.of() : List.of(ACCESS_LOG + "=" + state.home().accessLog());
    }

    private void environment(Map<String, String> environment) {
        environment.clear();
        environment.putAll(workplace.environment());
        environment.put("RATEMESH_HOME", state.home().folder().toString());
        // glibc otherwise keeps an arena of up to 64 MB for nearly every thread.
        environment.putIfAbsent("MALLOC_ARENA_MAX", "2");
    }

    private static Path folder(ClusterSnapshot facts) {
        if (!Files.isDirectory(facts.workingFolder())) {
            throw CommandFailure.failed("the folder the cluster was started in is gone: " + facts.workingFolder()
                    + "; make it again, or ./ratemesh down and up");
        }
        return facts.workingFolder();
    }

    private static CommandFailure stopped() {
        return CommandFailure.failed("the cluster is being stopped");
    }
}
