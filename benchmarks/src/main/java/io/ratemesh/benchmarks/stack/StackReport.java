package io.ratemesh.benchmarks.stack;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.FixedRateLatencies;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The result of {@code bench convert-stack}.
 *
 * @param servers the rounds of each server of both stacks
 * @param latencies at a rate that both sustain, without a goal
 */
record StackReport(ComparisonReport peaks, Comparison servers, FixedRateLatencies latencies) implements Report {

    static final RatioGoal GOAL = RatioGoal.atLeast(10, RatemeshBalancer.NAME, FlaskStack.NAME);

    /** The rounds of whole stacks, by the name of each. */
    static Comparison comparison(int connections, Map<String, List<StackRound>> measured) {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        measured.forEach((stack, results) ->
                rounds.put(stack, results.stream().map(StackRound::whole).toList()));
        return new Comparison(String.valueOf(connections), rounds);
    }

    /** The rounds of each server of all stacks. */
    static Comparison servers(int connections, Map<String, List<StackRound>> measured) {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        measured.values().stream()
                .flatMap(List::stream)
                .flatMap(result -> result.servers().entrySet().stream())
                .forEach(server -> rounds.computeIfAbsent(server.getKey(), ignored -> new ArrayList<>())
                        .add(server.getValue()));
        return new Comparison(String.valueOf(connections), rounds);
    }

    @Override
    public List<Goal> goals() {
        return peaks.goals();
    }

    @Override
    public List<Figure> figures() {
        Stream<Figure> ofServers =
                servers.figures("connections, each server").filter(figure -> figure.measure() != Measure.REQUESTS);
        return Stream.of(peaks.figures().stream(), ofServers, latencies.figures().stream())
                .flatMap(figures -> figures)
                .toList();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>(peaks.lines());
        lines.add("");
        Table table = new Table("server", "CPU per request", "RSS");
        servers.rounds().keySet().forEach(server -> {
            Round median = servers.median(server);
            table.row(server, Table.decimal(median.cpuMicros(), 1) + " µs", Table.megabytes(median.residentBytes()));
        });
        lines.addAll(table.lines());
        lines.add("");
        lines.addAll(latencies.table().lines());
        return lines;
    }
}
