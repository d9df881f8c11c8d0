package io.ratemesh.benchmarks.fuzz;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.node.log.LogConfigurator;
import io.ratemesh.node.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: exit code 0 where the converter stood it all, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench fuzz",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sends valid, nearly valid and mangled requests to one converter and checks how it takes them.")
public final class FuzzBenchmark implements Callable<Integer> {

    /** Fewer than are held open at a time, so that the limit is met too. */
    private static final String FEW_STREAMS = "converter.stream.max-subscribers=60";

    @Option(names = "--requests", paramLabel = "N", description = "how many (${DEFAULT-VALUE})")
    private long requests = 1_000_000;

    @Option(names = "--seed", paramLabel = "N", description = "of a run to be had again (a new one)")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting of the converter")
    private List<String> settings = List.of();

    @Option(names = "--project", paramLabel = "DIR", hidden = true)
    private Path project = Path.of("");

    @Option(names = "--converter-options", paramLabel = "WORDS", hidden = true)
    private String converterOptions = "-XX:+UseSerialGC";

    /** Every benchmark is told; this one has no balancer. */
    @Option(names = "--balancer-options", paramLabel = "WORDS", hidden = true)
    private String balancerOptions = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private FuzzBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FuzzBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() {
        if (requests < 1) {
            throw new ParameterException(spec.commandLine(), "--requests: " + requests + " (expected: 1 or more)");
        }
        LogConfigurator.apply(Settings.load(Optional.empty(), List.of("log.level=warn"), Map.of())
                .log());
        long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE));
        System.out.println(requests + " requests with --seed " + chosen);
        List<String> all = new ArrayList<>(List.of(FEW_STREAMS));
        all.addAll(settings);
        Services services =
                new Services(project.toAbsolutePath(), words(converterOptions), words(balancerOptions), all);
        Market market = new Market();
        long version = System.currentTimeMillis();
        try (BenchCluster cluster = BenchCluster.start(services, market, version, false)) {
            System.out.println("the converter's log: " + cluster.converter().log());
            FuzzReport report = new FuzzRun(chosen, requests, cluster, market).run(version);
            report.lines().forEach(System.out::println);
            return report.clean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalStateException e) {
            System.err.println("ratemesh bench fuzz: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static List<String> words(String options) {
        return Arrays.stream(options.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
