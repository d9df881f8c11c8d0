package io.ratemesh.benchmarks.all;

import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Table;
import io.ratemesh.benchmarks.results.BenchmarkOutcome;
import io.ratemesh.benchmarks.results.RunResults;
import java.util.ArrayList;
import java.util.List;

/** The part of RESULTS.md that {@code bench all} writes, between two comments. The rest is written by hand. */
final class ResultsPage {

    static final String BEGIN = "<!-- bench all -->";
    static final String END = "<!-- end of bench all -->";

    private ResultsPage() {}

    /**
     * Replaces the part in a page.
     *
     * @throws IllegalArgumentException if the page does not have both comments in this order
     */
    static String replace(String page, RunResults results) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("no lines " + BEGIN + " and " + END + " in this order; add them");
        }
        return page.substring(0, begin + BEGIN.length())
                + "\n\n"
                + String.join("\n", lines(results))
                + "\n\n"
                + page.substring(end);
    }

    private static List<String> lines(RunResults results) {
        List<String> lines = new ArrayList<>();
        lines.add("## All benchmarks");
        lines.add("");
        lines.add(results.date() + ", `./ratemesh bench all`, plan " + results.plan() + ", commit " + results.commit()
                + ", on " + results.machine() + ".");
        lines.add("");
        lines.addAll(goals(results));
        for (BenchmarkOutcome outcome : results.benchmarks()) {
            lines.add("");
            lines.add("### " + outcome.name());
            lines.add("");
            lines.add(("`./ratemesh bench " + outcome.name() + " " + outcome.options()).strip() + "`, "
                    + Table.number(outcome.conditions().seconds()) + " s, load average "
                    + Table.decimal(outcome.conditions().loadBefore(), 1) + " before and "
                    + Table.decimal(outcome.conditions().loadAfter(), 1) + " after.");
            lines.add("");
            outcome.error().ifPresent(error -> lines.add("It could not be run: " + error));
            lines.addAll(outcome.lines());
        }
        return lines;
    }

    /** One table of the goals of all benchmarks. */
    static List<String> goals(RunResults results) {
        Table table = new Table("benchmark", "compared", "measured", "goal", "met");
        for (BenchmarkOutcome outcome : results.benchmarks()) {
            outcome.error().ifPresent(error -> table.row(outcome.name(), error, "", "", "NO"));
            outcome.goals().forEach(goal -> addRow(table, outcome.name(), goal));
        }
        return table.lines();
    }

    private static void addRow(Table table, String benchmark, Goal goal) {
        table.row(
                benchmark,
                goal.text(),
                Double.isNaN(goal.value()) ? "nothing" : Table.brief(goal.value()),
                goal.bounds(),
                goal.isMet() ? "yes" : "NO");
    }
}
