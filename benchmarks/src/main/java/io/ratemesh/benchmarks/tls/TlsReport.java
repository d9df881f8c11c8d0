package io.ratemesh.benchmarks.tls;

import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of {@code bench tls}.
 *
 * @param descriptions of the contenders
 * @param parts requests over kept connections with goals, and new connections without
 */
record TlsReport(List<String> descriptions, List<ComparisonReport> parts) implements Report {

    private static final RatioGoal GOAL = RatioGoal.asFastAndCheap(RatemeshBalancer.NAME, Haproxy.NAME);
    private static final RatioGoal NO_GOAL = RatioGoal.none(RatemeshBalancer.NAME, Haproxy.NAME);

    TlsReport {
        descriptions = List.copyOf(descriptions);
        parts = List.copyOf(parts);
    }

    static TlsReport of(List<String> descriptions, int connections, Map<TlsCase, Comparison> comparisons) {
        Map<Boolean, List<Comparison>> byHandshake = comparisons.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        entry -> entry.getKey() == TlsCase.HANDSHAKES,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return new TlsReport(
                descriptions,
                Stream.of(false, true)
                        .map(handshake -> new ComparisonReport(
                                List.of(),
                                connections + " connections",
                                byHandshake.getOrDefault(handshake, List.of()),
                                handshake ? NO_GOAL : GOAL))
                        .filter(part -> !part.comparisons().isEmpty())
                        .toList());
    }

    @Override
    public List<Goal> goals() {
        return parts.stream().flatMap(part -> part.goals().stream()).toList();
    }

    @Override
    public List<Figure> figures() {
        return parts.stream().flatMap(part -> part.figures().stream()).toList();
    }

    @Override
    public List<String> lines() {
        return Stream.concat(descriptions.stream(), parts.stream().flatMap(part -> part.lines().stream()))
                .toList();
    }
}
