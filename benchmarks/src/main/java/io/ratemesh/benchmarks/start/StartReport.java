package io.ratemesh.benchmarks.start;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The result of {@code bench start}.
 *
 * @param nodes the starts of each program, the first of which is the bare node
 * @param firstUps each in a new home
 * @param secondUps each in the home of a first one
 */
record StartReport(Map<String, List<StartCost>> nodes, List<StartCost> firstUps, List<StartCost> secondUps)
        implements Report {

    static final String BARE = "bare";
    static final String CONVERTER = "converter";

    private static final double MOST_TIMES_SECONDS = 1.5;
    private static final double MOST_TIMES_CPU = 2;
    private static final double MOST_CONVERTER_MB = 160;
    private static final double MOST_CLUSTER_MB = 700;
    private static final double MOST_FIRST_UP_SECONDS = 8;
    private static final double MOST_SECOND_UP_SECONDS = 6;
    private static final double BYTES_PER_MB = 1e6;

    @Override
    public List<String> lines() {
        Table table = new Table("start", "first response", "CPU until then", "RSS", "each start, s");
        nodes.forEach((name, starts) -> add(table, name, starts));
        add(table, "`up`, the first", firstUps);
        add(table, "`up`, the second", secondUps);
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        goals().forEach(goal -> lines.add("- " + goal.line()));
        return lines;
    }

    @Override
    public List<Goal> goals() {
        List<Goal> goals = new ArrayList<>();
        Optional<StartCost> bare = median(nodes.getOrDefault(BARE, List.of()));
        Optional<StartCost> converter = median(nodes.getOrDefault(CONVERTER, List.of()));
        if (bare.isPresent() && converter.isPresent()) {
            goals.add(Goal.atMost(
                    "converter ÷ bare, time",
                    converter.get().seconds() / bare.get().seconds(),
                    MOST_TIMES_SECONDS));
            goals.add(Goal.atMost(
                    "converter ÷ bare, CPU",
                    converter.get().cpuSeconds() / bare.get().cpuSeconds(),
                    MOST_TIMES_CPU));
            goals.add(Goal.atMost("converter, MB", converter.get().residentBytes() / BYTES_PER_MB, MOST_CONVERTER_MB));
        }
        median(firstUps).ifPresent(up -> goals.add(Goal.atMost("first up, s", up.seconds(), MOST_FIRST_UP_SECONDS)));
        median(secondUps).ifPresent(up -> {
            goals.add(Goal.atMost("second up, s", up.seconds(), MOST_SECOND_UP_SECONDS));
            goals.add(Goal.atMost("all nodes, MB", up.residentBytes() / BYTES_PER_MB, MOST_CLUSTER_MB));
        });
        return goals;
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        nodes.forEach((name, starts) -> addFigures(
                figures, "start of a node", name.equals(BARE) ? name : Figure.RATEMESH + " " + name, starts));
        addFigures(figures, "first up", Figure.RATEMESH, firstUps);
        addFigures(figures, "second up", Figure.RATEMESH, secondUps);
        return figures;
    }

    private static void addFigures(List<Figure> figures, String load, String contender, List<StartCost> starts) {
        if (!starts.isEmpty()) {
            figures.add(figure(load, contender, Measure.TIME, starts, StartCost::seconds));
            figures.add(figure(load, contender, Measure.CPU_SECONDS, starts, StartCost::cpuSeconds));
            figures.add(figure(load, contender, Measure.MEMORY, starts, start -> start.residentBytes() / BYTES_PER_MB));
        }
    }

    private static Figure figure(
            String load, String contender, Measure measure, List<StartCost> starts, ToDoubleFunction<StartCost> value) {
        return new Figure(
                load,
                contender,
                measure,
                starts.stream().mapToDouble(value).boxed().toList());
    }

    private static Optional<StartCost> median(Collection<StartCost> starts) {
        return starts.isEmpty() ? Optional.empty() : Optional.of(StartCost.median(starts));
    }

    private static void add(Table table, String name, List<StartCost> starts) {
        median(starts)
                .ifPresent(median -> table.row(
                        name,
                        Table.decimal(median.seconds(), 2) + " s",
                        Table.decimal(median.cpuSeconds(), 2) + " s",
                        Table.megabytes(median.residentBytes()),
                        String.join(
                                " ",
                                starts.stream()
                                        .map(start -> Table.decimal(start.seconds(), 2))
                                        .toList())));
    }
}
