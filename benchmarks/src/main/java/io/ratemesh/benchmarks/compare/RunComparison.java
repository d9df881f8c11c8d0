package io.ratemesh.benchmarks.compare;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.report.Table;
import io.ratemesh.benchmarks.results.RunResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Two runs, joined by benchmark, load, contender and measure.
 *
 * @param changes of figures that both have
 * @param missing figures that only one of them has, each with the name of the run
 */
record RunComparison(RunResults before, RunResults after, List<FigureChange> changes, List<String> missing) {

    /** The size of a body or a file changes with the build, and is still the same load. */
    private static final Pattern SIZE = Pattern.compile(",? (of )?\\d+ B\\b");

    private record Key(String benchmark, String load, String contender, Measure measure) {

        Key of(String otherContender) {
            return new Key(benchmark, load, otherContender, measure);
        }

        boolean isSameRow(Key other) {
            return of(other.contender).equals(other);
        }

        @Override
        public String toString() {
            return benchmark + ", " + load + ", " + contender + ", " + measure.unit();
        }
    }

    static RunComparison of(RunResults before, RunResults after) {
        Map<Key, Figure> old = figures(before);
        Map<Key, Figure> now = figures(after);
        List<FigureChange> changes = new ArrayList<>();
        old.forEach((key, figure) -> {
            Figure next = now.get(key);
            if (next != null && figure.isOfRatemesh()) {
                List<FigureChange.Reference> references = references(key, old, now);
                references.forEach(reference ->
                        changes.add(new FigureChange(key.benchmark(), figure, next, Optional.of(reference))));
                if (references.isEmpty()) {
                    changes.add(new FigureChange(key.benchmark(), figure, next, Optional.empty()));
                }
            }
        });
        List<String> missing = new ArrayList<>();
        old.keySet().stream()
                .filter(key -> !now.containsKey(key))
                .forEach(key -> missing.add("only in the old run: " + key));
        now.keySet().stream()
                .filter(key -> !old.containsKey(key))
                .forEach(key -> missing.add("only in the new run: " + key));
        return new RunComparison(before, after, changes, missing);
    }

    private static Map<Key, Figure> figures(RunResults results) {
        Map<Key, Figure> figures = new LinkedHashMap<>();
        results.benchmarks()
                .forEach(outcome -> outcome.figures()
                        .forEach(figure -> figures.put(
                                new Key(
                                        outcome.name(),
                                        SIZE.matcher(figure.load()).replaceAll(""),
                                        figure.contender(),
                                        figure.measure()),
                                figure)));
        return figures;
    }

    private static List<FigureChange.Reference> references(Key own, Map<Key, Figure> old, Map<Key, Figure> now) {
        List<FigureChange.Reference> references = new ArrayList<>();
        old.forEach((key, figure) -> {
            Figure next = now.get(key);
            if (next != null && own.isSameRow(key) && !figure.isOfRatemesh()) {
                references.add(new FigureChange.Reference(figure, next));
            }
        });
        return references;
    }

    boolean isWorse() {
        return changes.stream().anyMatch(change -> change.verdict() == Verdict.WORSE);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!before.machine().equals(after.machine())) {
            lines.add("**The machines differ**, so only ratios mean something:");
            lines.add("- old: " + before.machine());
            lines.add("- new: " + after.machine());
            lines.add("");
        }
        lines.add("old: " + run(before) + "; new: " + run(after));
        lines.add("");
        Table table = FigureChange.table();
        changes.forEach(change -> change.addTo(table));
        lines.addAll(table.lines());
        lines.add("");
        lines.add("better: " + count(Verdict.BETTER) + ", worse: " + count(Verdict.WORSE) + ", same: "
                + count(Verdict.SAME)
                + "; the runs contradict each other on who is ahead in "
                + changes.stream().filter(FigureChange::isContradicted).count() + " rows");
        missing.forEach(line -> lines.add("- " + line));
        return lines;
    }

    private long count(Verdict verdict) {
        return changes.stream().filter(change -> change.verdict() == verdict).count();
    }

    private static String run(RunResults results) {
        return results.date() + ", " + results.plan() + ", commit " + results.commit();
    }
}
