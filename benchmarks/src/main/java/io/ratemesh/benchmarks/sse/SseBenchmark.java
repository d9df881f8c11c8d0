package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.load.ConnectionGroup;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where every reader had everything, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench sse",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Connects readers to one converter, publishes a new book each second, and checks and measures.")
public final class SseBenchmark extends BenchmarkCommand {

    private static final int READERS = 10_000;
    private static final int READERS_THROUGH_BALANCER = 5_000;

    private static final int LEAST_SECONDS = 6;

    @Option(names = "--readers", paramLabel = "N", description = "how many streams (10000; 5000 through a balancer)")
    private Optional<Integer> readers = Optional.empty();

    @Option(names = "--seconds", paramLabel = "M", description = "how long to measure (${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(
            names = "--slow",
            paramLabel = "K",
            description = "how many of them ask for everything and stop to read after a sixth of the time (0)")
    private int slow;

    @Option(names = "--through-balancer", description = "with a balancer between")
    private boolean throughBalancer;

    private SseBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SseBenchmark()).execute(arguments));
    }

    @Override
    protected void check() {
        int wanted = plan().readers();
        require(
                wanted >= 1 && wanted <= ConnectionGroup.MOST,
                "--readers: " + wanted + " (expected: 1 to " + ConnectionGroup.MOST + ")");
        require(seconds >= LEAST_SECONDS, "--seconds: " + seconds + " (expected: at least " + LEAST_SECONDS + ")");
        require(slow >= 0 && slow < wanted, "--slow: " + slow + " (expected: 0 or more, and fewer than readers)");
        requireFiles((throughBalancer ? 2L : 1L) * wanted);
    }

    @Override
    protected String title() {
        SsePlan plan = plan();
        return plan.readers() + " readers" + (plan.throughBalancer() ? " through a balancer" : "") + ", " + plan.slow()
                + " of them to stop reading";
    }

    @Override
    protected Outcome run(Services services) {
        SsePlan plan = plan();
        Market market = new Market();
        long version = System.currentTimeMillis();
        Updates updates = new Updates(plan, version + 1);
        try (BenchCluster cluster = BenchCluster.start(services, market, version, plan.throughBalancer());
                ReaderGroup crowd = new ReaderGroup(plan, updates)) {
            SseReport report = new SseRun(plan, cluster, market, updates, crowd, System.out).measure();
            return new Outcome(report.lines(), report.complete());
        }
    }

    private SsePlan plan() {
        int wanted = readers.orElse(throughBalancer ? READERS_THROUGH_BALANCER : READERS);
        return new SsePlan(wanted, seconds, slow, throughBalancer);
    }
}
