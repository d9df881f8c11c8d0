package io.ratemesh.benchmarks.stack;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.FixedRate;
import io.ratemesh.benchmarks.load.InterleavedRounds;
import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.LatencyRate;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.FixedRateLatencies;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.model.RateBook;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench convert-stack}. */
@Command(
        name = "convert-stack",
        description = "Compares conversions end to end with Flask, gunicorn, nginx and HAProxy.")
public final class StackBenchmark extends BenchmarkCommand {

    private static final int CONVERTERS = 2;

    /** Currencies with and without minor units, and amounts from cents to nine digits. */
    private static final List<String> TARGETS = List.of(
            target("USD", "JPY", "250.75"),
            target("EUR", "USD", "100"),
            target("GBP", "CHF", "1234.56"),
            target("JPY", "EUR", "50000"),
            target("SEK", "NOK", "99.9"),
            target("IDR", "USD", "148000000"),
            target("AUD", "NZD", "7500"),
            target("CAD", "EUR", "0.99"),
            target("PLN", "CZK", "123456789.01"),
            target("USD", "KRW", "5"));

    @Option(names = "--connections", paramLabel = "N", description = "Concurrent connections (${DEFAULT-VALUE}).")
    private int connections = 64;

    @Option(names = "--keep", description = "Keep the configurations and logs, and print their folder.")
    private boolean keep;

    @Mixin
    private RoundOptions rounds = new RoundOptions();

    @Override
    protected Report run(ServiceBuild services) {
        Wrk.PROGRAM.require();
        RateBook book = EcbBook.at(Instant.now());
        return RunFolder.use(keep, folder -> {
            try (FlaskStack flask = FlaskStack.start(folder, book);
                    BenchCluster cluster = BenchCluster.startBalanced(services, book, CONVERTERS)) {
                flask.stack().front().awaitReady(TARGETS.get(0));
                return compare(ratemesh(cluster), flask.stack());
            }
        });
    }

    private static ConversionStack ratemesh(BenchCluster cluster) {
        return new ConversionStack(
                RatemeshBalancer.NAME,
                "a balancer and " + CONVERTERS + " converters with default settings",
                cluster.servers());
    }

    private Report compare(ConversionStack ratemesh, ConversionStack flask) {
        TARGETS.forEach(target -> requireSameResponse(
                target, ratemesh.front().body(target), flask.front().body(target)));
        List<ConversionStack> stacks = List.of(flask, ratemesh);
        LoadPlan plan = new LoadPlan(TARGETS, List.of(), connections);
        stacks.forEach(stack -> {
            ProgressLine.step("warm-up, " + stack);
            Wrk.run(plan, stack.front().port(), rounds.warmUp());
        });
        Map<String, List<StackRound>> measured = rounds(stacks, stack -> load(stack, plan));
        Comparison comparison = StackReport.comparison(connections, measured);
        return new StackReport(
                new ComparisonReport(
                        stacks.stream()
                                .map(stack -> "- " + stack.name() + ": " + stack.description())
                                .toList(),
                        "connections",
                        List.of(comparison),
                        StackReport.GOAL),
                StackReport.servers(connections, measured),
                latencies(stacks, comparison, plan));
    }

    /**
     * Requires that both have the same fields with the same values, whatever their order.
     *
     * @throws IllegalStateException if they differ
     */
    static void requireSameResponse(String target, String ratemesh, String flask) {
        if (!new JsonObject(ratemesh).equals(new JsonObject(flask))) {
            throw new IllegalStateException(
                    "different responses to " + target + ": " + ratemesh.strip() + " and " + flask.strip());
        }
    }

    private FixedRateLatencies latencies(List<ConversionStack> stacks, Comparison comparison, LoadPlan plan) {
        Map<String, Double> peaks = new LinkedHashMap<>();
        stacks.forEach(
                stack -> peaks.put(stack.name(), comparison.median(stack.name()).perSecond()));
        LatencyRate rate = LatencyRate.of(peaks, Set.of(RatemeshBalancer.NAME, FlaskStack.NAME));
        Map<String, List<LatencyPercentiles>> latencies = rounds(
                stacks, stack -> FixedRate.run(plan, stack.front().port(), rate.perSecond(), 1, rounds.seconds()));
        return new FixedRateLatencies(connections, rate.perSecond(), latencies, List.of());
    }

    private <R> Map<String, List<R>> rounds(List<ConversionStack> stacks, Function<ConversionStack, R> round) {
        Map<String, List<R>> byName = new LinkedHashMap<>();
        InterleavedRounds.run(stacks, rounds.rounds(), round)
                .forEach((stack, results) -> byName.put(stack.name(), results));
        return byName;
    }

    private StackRound load(ConversionStack stack, LoadPlan plan) {
        return StackRound.measure(stack, () -> Wrk.run(plan, stack.front().port(), rounds.seconds()));
    }

    private static String target(String from, String to, String amount) {
        return "/api/v1/convert?from=" + from + "&to=" + to + "&amount=" + amount;
    }
}
