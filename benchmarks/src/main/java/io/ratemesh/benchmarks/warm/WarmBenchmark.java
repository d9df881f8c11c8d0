package io.ratemesh.benchmarks.warm;

import io.ratemesh.benchmarks.cluster.LaunchedCluster;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.load.FixedRate;
import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.load.Wrk.TimedLoad;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench warm}. */
@Command(
        name = "warm",
        description =
                "Loads a cluster right after ./ratemesh up, when it is warm, and during ./ratemesh restart converter.")
public final class WarmBenchmark extends BenchmarkCommand {

    private static final LoadPlan PLAN = new LoadPlan("/api/v1/convert?from=USD&to=JPY&amount=250.75", 64);
    private static final int CONVERTERS = 2;
    private static final int SECONDS = 10;
    private static final int WARM_UP_SECONDS = 30;

    /** Before a restart begins, because the client's own cold code would be measured with it. */
    private static final int CLIENT_WARM_UP_SECONDS = 5;

    @Option(names = "--rounds", paramLabel = "N", description = "Clusters that are started (${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--rate", paramLabel = "N", description = "Requests per second during restarts (${DEFAULT-VALUE}).")
    private int rate = 10_000;

    @Option(
            names = "--restart-seconds",
            paramLabel = "M",
            description = "Seconds of that load; restarts take less (${DEFAULT-VALUE}).")
    private int restartSeconds = 40;

    @Option(names = "--keep", description = "Keep the homes of the clusters with their logs.")
    private boolean keep;

    @Override
    protected String title() {
        return Machine.description() + ", first seconds after a start and rolling restarts";
    }

    @Override
    protected Report run(ServiceBuild services) {
        Wrk.PROGRAM.require();
        return RunFolder.use(keep, folder -> {
            List<WarmReport.Round> results = new ArrayList<>();
            for (int i = 1; i <= rounds; i++) {
                try (LaunchedCluster cluster =
                        LaunchedCluster.up(services, folder.subfolder("cluster-" + i), CONVERTERS)) {
                    results.add(round(cluster));
                }
            }
            return new WarmReport(results);
        });
    }

    private WarmReport.Round round(LaunchedCluster cluster) {
        TimedLoad first = Wrk.timed(PLAN, cluster.port(), SECONDS);
        Wrk.run(PLAN, cluster.port(), WARM_UP_SECONDS);
        TimedLoad warm = Wrk.timed(PLAN, cluster.port(), SECONDS);
        CompletableFuture<Void> restart = CompletableFuture.runAsync(
                cluster::restartConverters,
                CompletableFuture.delayedExecutor(CLIENT_WARM_UP_SECONDS, TimeUnit.SECONDS));
        List<LatencyPercentiles> seconds =
                FixedRate.bySecond(PLAN, cluster.port(), rate, CLIENT_WARM_UP_SECONDS, restartSeconds);
        boolean inTime = restart.isDone();
        restart.join();
        if (!inTime) {
            throw new IllegalStateException("the restart took longer than the load; use a larger --restart-seconds");
        }
        return new WarmReport.Round(first, warm, seconds);
    }
}
