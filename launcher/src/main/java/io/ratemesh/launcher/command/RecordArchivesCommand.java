package io.ratemesh.launcher.command;

import io.ratemesh.launcher.client.BalancerClient;
import io.ratemesh.launcher.client.HttpGet;
import io.ratemesh.launcher.client.StatsClient;
import io.ratemesh.launcher.cluster.ClusterShutdown;
import io.ratemesh.launcher.cluster.ClusterStart;
import io.ratemesh.launcher.cluster.StopSignal;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.state.ClusterHome;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code record-archives}: the script runs it after a build. A cluster of one node per role starts in a home of its own, serves the
 * requests of clients, and ends; each node then writes the archive of the classes that it has loaded.
 */
@Command(
        name = "record-archives",
        hidden = true,
        description = "Records class-data archives of the newest builds, with which nodes start faster.")
public final class RecordArchivesCommand implements Callable<Integer> {

    private static final List<String> PATHS = List.of(
            "/",
            "/api/v1/rates",
            "/api/v1/rates/USD/JPY",
            "/api/v1/currencies",
            "/api/v1/history/USD/JPY?range=1Y",
            "/api/v1/status",
            "/v1/latest",
            "/missing");

    /** What is compiled first for the clients of a new node, with the profiles in its archive. */
    private static final String TRAINING_PATH = "/api/v1/convert?from=USD&to=JPY&amount=250.75";

    private static final Duration TRAINING = Duration.ofSeconds(5);

    private final CommandContext context;

    public RecordArchivesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ClusterHome home = JarCache.recordingHome(context.project());
        home.create();
        CommandContext recording = new CommandContext(environment(home), context.project(), home.folder(), silent());
        JarCache jars = new JarCache(recording.project(), recording.cluster());
        return recording.locked(() -> {
            if (jars.isRecorded()) {
                return ExitCode.DONE;
            }
            if (recording.cluster().isUp()) {
                throw CommandFailure.failed("archives are being recorded already");
            }
            jars.deleteUnused();
            jars.requestArchives();
            run(recording, jars);
            jars.installArchives(recording);
            if (!jars.isRecorded()) {
                throw CommandFailure.failed("a node has not written its archive; its log is in " + home.logs());
            }
            return ExitCode.DONE;
        });
    }

    private static void run(CommandContext recording, JarCache jars) {
        ClusterState state = recording.cluster();
        state.clear();
        GivenSettings given = GivenSettings.none(recording.environment());
        ClusterSnapshot snapshot =
                new UpPlan(recording, given).decide(Optional.empty(), Optional.of(0), Optional.of(0), true);
        state.write(snapshot);
        NodeStarter starter = new NodeStarter(recording, state);
        ClusterShutdown shutdown = new ClusterShutdown(recording, state, given);
        StopSignal signal = new StopSignal(() -> {
            starter.close();
            shutdown.run();
            return ExitCode.FAILED;
        });
        try {
            StatsClient stats = new StatsClient(snapshot, recording.environment());
            new ClusterStart(snapshot, given, starter, jars, stats, recording.console()).run(1);
            BalancerClient balancer = new BalancerClient(snapshot.http());
            PATHS.forEach(path -> HttpGet.isOk(balancer.page().resolve(path)));
            if (JarCache.archivesHaveProfiles()) {
                train(balancer.page().resolve(TRAINING_PATH));
            }
        } finally {
            signal.parkIfFired();
            shutdown.run();
            signal.close();
        }
    }

    private static void train(URI uri) {
        long end = System.nanoTime() + TRAINING.toNanos();
        boolean isServed = true;
        while (isServed && System.nanoTime() < end) {
            isServed = HttpGet.isOk(uri);
        }
    }

    /** Without the settings of the user, which may be of a cluster that runs. */
    private Map<String, String> environment(ClusterHome home) {
        Map<String, String> environment = new HashMap<>(context.environment());
        environment.keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        environment.put("RATEMESH_HOME", home.folder().toString());
        environment.put("RATEMESH_BALANCER_HTTP_BIND", "127.0.0.1");
        return environment;
    }

    private static Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(nowhere, nowhere, InstantSource.system(), false);
    }
}
