package io.ratemesh.benchmarks.report;

import io.ratemesh.benchmarks.load.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comparisons in a table, with goals.
 *
 * @param descriptions of the contenders, one line each
 * @param caption of the first column, such as {@code connections}; empty if the labels say it all
 * @param ratioGoals checked in each comparison that has both contenders
 * @param notes after the table
 */
public record ComparisonReport(
        List<String> descriptions,
        String caption,
        List<Comparison> comparisons,
        List<RatioGoal> ratioGoals,
        List<String> notes)
        implements Report {

    public ComparisonReport {
        descriptions = List.copyOf(descriptions);
        comparisons = List.copyOf(comparisons);
        ratioGoals = List.copyOf(ratioGoals);
        notes = List.copyOf(notes);
    }

    public ComparisonReport(
            List<String> descriptions, String caption, List<Comparison> comparisons, RatioGoal... ratioGoals) {
        this(descriptions, caption, comparisons, List.of(ratioGoals), List.of());
    }

    @Override
    public List<Goal> goals() {
        return comparisons.stream()
                .flatMap(comparison -> ratioGoals.stream().flatMap(goal -> goal.in(comparison, caption)))
                .toList();
    }

    @Override
    public List<Figure> figures() {
        return comparisons.stream()
                .flatMap(comparison -> comparison.figures(caption))
                .toList();
    }

    @Override
    public List<String> lines() {
        Table table = new Table(
                caption.isEmpty() ? "load" : caption,
                "",
                "requests/s, median of " + rounds(),
                "CPU per request",
                "RSS",
                "each round, 1,000/s");
        comparisons.forEach(comparison -> addRows(table, comparison));
        List<String> lines = new ArrayList<>(descriptions);
        lines.add("");
        lines.addAll(table.lines());
        lines.addAll(notes);
        return lines;
    }

    private int rounds() {
        return comparisons.stream()
                .flatMap(comparison -> comparison.rounds().values().stream())
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    private void addRows(Table table, Comparison comparison) {
        comparison.rounds().forEach((contender, rounds) -> {
            Round median = Round.median(rounds);
            table.row(
                    comparison.label(),
                    contender,
                    Table.number(median.perSecond()),
                    Table.decimal(median.cpuMicros(), 1) + " µs",
                    Table.megabytes(median.residentBytes()),
                    rounds.stream()
                            .map(round -> Table.decimal(round.perSecond() / 1000, 1))
                            .collect(Collectors.joining(" ")));
        });
        for (RatioGoal goal : ratioGoals) {
            comparison
                    .ratio(goal.contender(), goal.reference())
                    .ifPresent(ratio -> table.row(
                            comparison.label(),
                            Table.bold(goal.label()),
                            Table.bold(Table.decimal(ratio.perSecond(), 2)),
                            Table.bold(Table.decimal(ratio.cpu(), 2)),
                            "",
                            goal.verdict(ratio)));
        }
    }
}
