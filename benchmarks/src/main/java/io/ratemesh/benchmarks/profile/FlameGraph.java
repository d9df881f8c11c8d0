package io.ratemesh.benchmarks.profile;

import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import one.profiler.AsyncProfilerLoader;

/** A picture of where the processor time of our front door goes, made by async-profiler from outside. */
public final class FlameGraph {

    private FlameGraph() {}

    /**
     * Loads our front door and watches it.
     *
     * @param picture the file, made in the working folder
     * @param folder where the profiler's library may lie: the JVM loads it from there
     * @throws IllegalStateException where our front door is not there, or the machine does not allow it
     */
    public static void take(Contenders lineup, LoadPlan aim, int seconds, String picture, RunFolder folder) {
        ServerProcess server = lineup.find(RatemeshBalancer.NAME)
                .map(Contenders.Started::server)
                .orElseThrow(() -> new IllegalStateException("--profile: ratemesh is not among the contenders"));
        Path html = Path.of(picture).toAbsolutePath();
        if (!AsyncProfilerLoader.isSupported()) {
            throw new IllegalStateException("--profile: async-profiler is not there for this system");
        }
        try {
            AsyncProfilerLoader.setExtractionDirectory(folder.of("profiler"));
            String jvm = String.valueOf(server.pid());
            AsyncProfilerLoader.executeProfiler("start", "-e", "cpu", "-i", "1ms", jvm);
            Round.of(server, aim, seconds);
            AsyncProfilerLoader.executeProfiler("stop", "-f", html.toString(), jvm);
            System.out.println("flame graph: " + html);
        } catch (IOException e) {
            throw new IllegalStateException("--profile: " + e.getMessage(), e);
        }
    }
}
