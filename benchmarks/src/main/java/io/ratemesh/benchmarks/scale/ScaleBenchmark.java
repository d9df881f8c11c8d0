package io.ratemesh.benchmarks.scale;

import io.ratemesh.benchmarks.cluster.LaunchedCluster;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Report;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench scale}. */
@Command(
        name = "scale",
        description =
                "Doubles the number of connections step by step and halves it again, and records what the scaler does.")
public final class ScaleBenchmark extends BenchmarkCommand {

    private static final String PATH = "/api/v1/convert?from=USD&to=JPY&amount=250.75";
    private static final Duration SAMPLE_PERIOD = Duration.ofMillis(500);
    private static final int MAX_CONVERTERS = 6;
    private static final int DOWN_COOLDOWN_SECONDS = 20;
    private static final int LEAD_SECONDS = 5;
    private static final int TAIL_SECONDS = 3 * DOWN_COOLDOWN_SECONDS;

    @Option(names = "--seconds", paramLabel = "M", description = "Seconds of each step (${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(names = "--first", paramLabel = "N", description = "Connections of the first step (${DEFAULT-VALUE}).")
    private int first = 4;

    @Option(names = "--doublings", paramLabel = "N", description = "Number of doublings (${DEFAULT-VALUE}).")
    private int doublings = 4;

    @Option(names = "--target", paramLabel = "N", description = "target-in-flight (${DEFAULT-VALUE}).")
    private int target = 12;

    @Option(names = "--svg", paramLabel = "FILE", description = "Where to draw the curves (${DEFAULT-VALUE}).")
    private Path svg = Path.of("bench-scale.svg");

    @Override
    protected void validate() {
        require(doublings <= 8, "--doublings: " + doublings + " is out of range; use 1 to 8");
    }

    @Override
    protected String title() {
        return "one converter, at most " + MAX_CONVERTERS + "; the load doubles each " + seconds + " s";
    }

    @Override
    protected Report run(ServiceBuild services) {
        Wrk.PROGRAM.require();
        ServiceBuild scaled = services.with("balancer.scaler.enabled=true")
                .with("balancer.scaler.min=1")
                .with("balancer.scaler.max=" + MAX_CONVERTERS)
                .with("balancer.scaler.target-in-flight=" + target)
                .with("balancer.scaler.target-cpu=100%")
                .with("balancer.scaler.down-cooldown=" + DOWN_COOLDOWN_SECONDS + "s");
        return RunFolder.use(false, folder -> {
            try (LaunchedCluster cluster = LaunchedCluster.up(scaled, folder.subfolder("home"), 1)) {
                ScaleRun run = new ScaleRun();
                load(cluster, run);
                ScaleReport report = run.report();
                Files.writeString(svg, ScaleChart.svg(report.samples()));
                return report;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void load(LaunchedCluster cluster, ScaleRun run) {
        observe(cluster, run, 0, LEAD_SECONDS);
        for (int connections : steps()) {
            CompletableFuture<Wrk.Load> load = CompletableFuture.supplyAsync(
                    () -> Wrk.run(new LoadPlan(PATH, connections), cluster.port(), seconds));
            observe(cluster, run, connections, seconds);
            run.add(connections, load.join());
        }
        observe(cluster, run, 0, TAIL_SECONDS);
    }

    private List<Integer> steps() {
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i <= doublings; i++) {
            steps.add(first << i);
        }
        for (int i = doublings - 1; i >= 0; i--) {
            steps.add(first << i);
        }
        return steps;
    }

    private static void observe(LaunchedCluster cluster, ScaleRun run, int connections, int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() - end < 0) {
            JsonObject stats = cluster.stats();
            JsonObject scaler = stats.getJsonObject("scaler");
            if (scaler.getInteger("current") != null) {
                run.sample(connections, scaler, LaunchedCluster.activeConverters(stats));
            }
            Delay.sleep(SAMPLE_PERIOD);
        }
    }
}
