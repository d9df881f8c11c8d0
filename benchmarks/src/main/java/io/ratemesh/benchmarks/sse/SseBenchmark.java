package io.ratemesh.benchmarks.sse;

import com.sun.management.UnixOperatingSystemMXBean;
import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.node.log.LogConfigurator;
import io.ratemesh.node.settings.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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

/** The command line: exit code 0 where every reader had everything, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench sse",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Connects readers to one converter, publishes a new book each second, and checks and measures.")
public final class SseBenchmark implements Callable<Integer> {

    private static final int READERS = 10_000;
    private static final int READERS_THROUGH_BALANCER = 5_000;

    /** As many connections as Linux lets one address open to one port. */
    private static final int MOST_READERS = 28_000;

    /** What a JVM has open besides. */
    private static final int OTHER_FILES = 300;

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

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting of converter and balancer, for comparison")
    private List<String> settings = List.of();

    @Option(names = "--project", paramLabel = "DIR", hidden = true)
    private Path project = Path.of("");

    @Option(names = "--converter-options", paramLabel = "WORDS", hidden = true)
    private String converterOptions = "-XX:+UseSerialGC";

    @Option(names = "--balancer-options", paramLabel = "WORDS", hidden = true)
    private String balancerOptions = "-XX:+UseSerialGC";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SseBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SseBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() {
        Plan plan = plan();
        LogConfigurator.apply(Settings.load(Optional.empty(), List.of("log.level=warn"), Map.of())
                .log());
        Services services =
                new Services(project.toAbsolutePath(), words(converterOptions), words(balancerOptions), settings);
        System.out.printf(
                Locale.ROOT,
                "%d readers%s, %d of them to stop reading; load average before: %.1f on %d processors%n",
                plan.readers(),
                plan.throughBalancer() ? " through a balancer" : "",
                plan.slow(),
                load(),
                Runtime.getRuntime().availableProcessors());
        Market market = new Market();
        long version = System.currentTimeMillis();
        Updates updates = new Updates(plan, version + 1);
        try (BenchCluster cluster = BenchCluster.start(services, market, version, plan.throughBalancer());
                ReaderCrowd crowd = new ReaderCrowd(plan, updates)) {
            SseReport report = new SseRun(plan, cluster, market, updates, crowd, System.out).measure();
            System.out.printf(Locale.ROOT, "load average after: %.1f%n%n", load());
            report.lines().forEach(System.out::println);
            return report.complete() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalStateException e) {
            System.err.println("ratemesh bench sse: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Plan plan() {
        int wanted = readers.orElse(throughBalancer ? READERS_THROUGH_BALANCER : READERS);
        require(
                wanted >= 1 && wanted <= MOST_READERS,
                "--readers: " + wanted + " (expected: 1 to " + MOST_READERS + ")");
        require(seconds >= LEAST_SECONDS, "--seconds: " + seconds + " (expected: at least " + LEAST_SECONDS + ")");
        require(slow >= 0 && slow < wanted, "--slow: " + slow + " (expected: 0 or more, and fewer than readers)");
        long needed = (throughBalancer ? 2L : 1L) * wanted + OTHER_FILES;
        // A JVM raises the soft limit to the hard one by itself.
        long open = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        require(
                open >= needed,
                "a process may have " + open + " files open here and this run needs " + needed
                        + "; ask for fewer --readers, or raise the limit: ulimit -Hn");
        return new Plan(wanted, seconds, slow, throughBalancer);
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
