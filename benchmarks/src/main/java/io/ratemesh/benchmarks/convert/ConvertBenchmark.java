package io.ratemesh.benchmarks.convert;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.node.log.LogConfigurator;
import io.ratemesh.node.settings.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: exit code 0 where the goal is met, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Loads one converter and a bare Vert.x server by turns, and compares.")
public final class ConvertBenchmark implements Callable<Integer> {

    private static final String PATH = "/api/v1/convert?from=USD&to=JPY&amount=250.75";

    @Option(names = "--rounds", paramLabel = "N", description = "of each, by turns (${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "M", description = "of a round (${DEFAULT-VALUE})")
    private int seconds = 5;

    @Option(names = "--warm-up", paramLabel = "M", description = "seconds of load on each before (${DEFAULT-VALUE})")
    private int warmUp = 10;

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

    private ConvertBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ConvertBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() {
        require(rounds >= 1, "--rounds: " + rounds + " (expected: 1 or more)");
        require(seconds >= 1, "--seconds: " + seconds + " (expected: 1 or more)");
        require(warmUp >= 1, "--warm-up: " + warmUp + " (expected: 1 or more)");
        Settings read = Settings.load(Optional.empty(), List.of("log.level=warn"), Map.of());
        LogConfigurator.apply(read.log());
        List<String> options = words(converterOptions);
        Services services = new Services(project.toAbsolutePath(), options, words(balancerOptions), settings);
        try {
            Wrk.require();
            System.out.printf(
                    Locale.ROOT,
                    "load average before: %.1f on %d processors%n",
                    load(),
                    Runtime.getRuntime().availableProcessors());
            ConvertReport report =
                    measure(services, options, read.node().transport().name());
            System.out.printf(Locale.ROOT, "load average after: %.1f%n%n", load());
            report.lines().forEach(System.out::println);
            return report.goalMet() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalStateException e) {
            System.err.println("ratemesh bench convert: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private ConvertReport measure(Services services, List<String> options, String transport) {
        Market market = new Market();
        try (BenchCluster cluster = BenchCluster.start(services, market, System.currentTimeMillis(), false)) {
            ServiceJvm converter = cluster.converter();
            int bytes = converter.bodyBytes(PATH);
            int port = BenchCluster.freePort();
            List<String> arguments = List.of(String.valueOf(port), String.valueOf(bytes), transport);
            try (ServiceJvm bare =
                    ServiceJvm.startClass("bare", BareServer.class, options, arguments, port, cluster.folder())) {
                bare.awaitAnswer("/");
                Round.of(converter, PATH, warmUp);
                Round.of(bare, "/", warmUp);
                List<Round> conversions = new ArrayList<>();
                List<Round> constants = new ArrayList<>();
                for (int i = 0; i < rounds; i++) {
                    conversions.add(Round.of(converter, PATH, seconds));
                    constants.add(Round.of(bare, "/", seconds));
                }
                return new ConvertReport(bytes, conversions, constants);
            }
        }
    }

    private void require(boolean right, String complaint) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }

    private static List<String> words(String options) {
        return Arrays.stream(options.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
