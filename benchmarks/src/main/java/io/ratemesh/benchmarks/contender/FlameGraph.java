package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import one.profiler.AsyncProfilerLoader;

/** A flame graph of the balancer's CPU time, made by async-profiler. */
public final class FlameGraph {

    private FlameGraph() {}

    /**
     * Loads the balancer and profiles it.
     *
     * @param fileName of the flame graph in the working folder
     * @param folder for the profiler's library, which the balancer's JVM loads
     * @throws IllegalStateException if there is no balancer or it cannot be profiled
     */
    public static void record(Contenders contenders, LoadPlan plan, int seconds, String fileName, RunFolder folder) {
        ServerProcess server = contenders
                .find(RatemeshBalancer.NAME)
                .map(Contenders.Started::server)
                .orElseThrow(() -> new IllegalStateException("--profile: ratemesh must be one of the contenders"));
        Path html = Path.of(fileName).toAbsolutePath();
        if (!AsyncProfilerLoader.isSupported()) {
            throw new IllegalStateException("--profile: async-profiler does not support this system");
        }
        try {
            AsyncProfilerLoader.setExtractionDirectory(folder.subfolder("profiler"));
            String pid = String.valueOf(server.pid());
            AsyncProfilerLoader.executeProfiler("start", "-e", "cpu", "-i", "1ms", pid);
            Round.run(server, plan, seconds);
            AsyncProfilerLoader.executeProfiler("stop", "-f", html.toString(), pid);
            ProgressLine.print("flame graph: " + html);
        } catch (IOException e) {
            throw new IllegalStateException("--profile: " + e.getMessage(), e);
        }
    }
}
