package io.ratemesh.benchmarks.fuzz;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where the converter stood it all, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench fuzz",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sends valid, nearly valid and mangled requests to one converter and checks how it takes them.")
public final class FuzzBenchmark extends BenchmarkCommand {

    /** Fewer than are held open at a time, so that the limit is met too. */
    private static final String FEW_STREAMS = "converter.stream.max-subscribers=60";

    /** All of the heap is resident from the start: what grows then is not garbage that waits, but kept. */
    private static final String[] TOUCHED_HEAP = {"-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"};

    @Option(names = "--requests", paramLabel = "N", description = "how many (${DEFAULT-VALUE})")
    private long requests = 1_000_000;

    @Option(names = "--seed", paramLabel = "N", description = "of a run to be had again (a new one)")
    private Optional<Long> seed = Optional.empty();

    private FuzzBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FuzzBenchmark()).execute(arguments));
    }

    @Override
    protected void check() {
        requireSome("--requests", requests);
    }

    @Override
    protected String title() {
        return requests + " requests";
    }

    @Override
    protected Outcome run(Services services) {
        long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE));
        System.out.println("to be had again with --seed " + chosen);
        Market market = new Market();
        long version = System.currentTimeMillis();
        try (BenchCluster cluster = BenchCluster.start(
                services.with(FEW_STREAMS).withConverterOptions(TOUCHED_HEAP), market, version, false)) {
            System.out.println("the converter's log: " + cluster.converter().log());
            FuzzReport report = new FuzzRun(chosen, requests, cluster, market).run(version);
            return new Outcome(report.lines(), report.clean());
        }
    }
}
