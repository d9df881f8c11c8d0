package io.ratemesh.benchmarks.start;

import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code ./ratemesh up} and {@code down} of a default cluster with a home of its own. */
final class ClusterUp {

    /** The time until memory is read. */
    private static final Duration SETTLE_TIME = Duration.ofSeconds(3);

    private final Path project;
    private final Path home;
    private final String conversion;
    private final int clusterPort = FreePorts.next();

    /**
     * A cluster that has not been started.
     *
     * @param home a folder
     * @param conversion the path that is requested
     */
    ClusterUp(Path project, Path home, String conversion) {
        this.project = project;
        this.home = home;
        this.conversion = conversion;
    }

    /** The time until the first conversion, and CPU and memory of all nodes some time later. The cluster is then stopped. */
    StartCost measure() {
        int port = FreePorts.next();
        List<String> up =
                List.of("up", "--demo", "--detach", "--port", "" + port, "--stats-port", "" + FreePorts.next());
        long begin = System.nanoTime();
        try (ServerProcess launcher = ratemesh("up", up, port)) {
            launcher.awaitReady(conversion);
            double seconds = (System.nanoTime() - begin) / 1e9;
            launcher.awaitEnd();
            Delay.sleep(SETTLE_TIME);
            ProcessUsage usage = usage();
            return new StartCost(seconds, usage.cpu().toNanos() / 1e9, usage.residentBytes());
        } finally {
            try (ServerProcess launcher = ratemesh("down", List.of("down"), port)) {
                launcher.awaitEnd();
            }
        }
    }

    /** The nodes run jars in the home. */
    private ProcessUsage usage() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(home.toString()))
                        .isPresent())
                .map(ProcessUsage::of)
                .reduce(ProcessUsage.NONE, ProcessUsage::plus);
    }

    private ServerProcess ratemesh(String name, List<String> arguments, int port) {
        // On a cluster port of its own, because looking for other clusters takes time.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "RATEMESH_CLUSTER_PORT=" + clusterPort,
                project.resolve("ratemesh").toString()));
        command.addAll(arguments);
        return ServerProcess.start(name, command, port, home);
    }
}
