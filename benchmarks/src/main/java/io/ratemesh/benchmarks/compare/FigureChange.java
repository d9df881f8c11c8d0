package io.ratemesh.benchmarks.compare;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Table;
import java.util.Locale;
import java.util.Optional;

/**
 * A figure of Ratemesh in two runs.
 *
 * @param benchmark that measured it
 * @param reference what it is compared with in both runs; empty if it is alone
 */
record FigureChange(String benchmark, Figure before, Figure after, Optional<Reference> reference) {

    /** The same figure of another contender. */
    record Reference(Figure before, Figure after) {}

    static Table table() {
        return new Table(
                "benchmark",
                "load",
                "figure",
                "old",
                "new",
                "change",
                "compared with",
                "old ratio",
                "new ratio",
                "change",
                "ahead",
                "result");
    }

    /**
     * Whether Ratemesh got better or worse. Where it is compared with another contender, the ratio counts: a faster or busier
     * machine changes both figures.
     */
    Verdict verdict() {
        return ratios().map(ratios -> Verdict.of(ratios.after(), ratios.before(), after.measure()))
                .orElseGet(() -> Verdict.of(Spread.of(after), Spread.of(before), after.measure()));
    }

    /** Whether the runs contradict each other on who is ahead. */
    boolean isContradicted() {
        return reference.isPresent()
                && ahead(before, reference.get().before())
                        .contradicts(ahead(after, reference.get().after()));
    }

    void addTo(Table table) {
        table.row(
                benchmark,
                before.load(),
                before.contender() + ", " + before.measure().unit(),
                Table.brief(before.median()),
                Table.brief(after.median()),
                percent(Spread.of(after).changeFrom(Spread.of(before))),
                reference.map(other -> other.before().contender()).orElse(""),
                ratios().map(ratios -> Table.decimal(ratios.before().median(), 2))
                        .orElse(""),
                ratios().map(ratios -> Table.decimal(ratios.after().median(), 2))
                        .orElse(""),
                ratios().map(ratios -> percent(ratios.after().changeFrom(ratios.before())))
                        .orElse(""),
                reference.map(this::aheadText).orElse(""),
                verdict().name().toLowerCase(Locale.ROOT));
    }

    private String aheadText(Reference other) {
        String old = aheadName(ahead(before, other.before()), other);
        String now = aheadName(ahead(after, other.after()), other);
        return old.equals(now) ? old : old + " → " + now + (isContradicted() ? ", CONTRADICTION" : "");
    }

    private String aheadName(Verdict verdict, Reference other) {
        return switch (verdict) {
            case BETTER -> before.contender();
            case WORSE -> other.before().contender();
            case SAME -> "neither";
        };
    }

    private static Verdict ahead(Figure own, Figure other) {
        return Verdict.of(Spread.of(own), Spread.of(other), own.measure());
    }

    private record Ratios(Spread before, Spread after) {}

    /** Empty where another contender's figure is 0, as failures often are. */
    private Optional<Ratios> ratios() {
        return reference
                .filter(other -> other.before().least() > 0 && other.after().least() > 0)
                .map(other -> new Ratios(Spread.ratio(before, other.before()), Spread.ratio(after, other.after())));
    }

    private static String percent(double change) {
        return Double.isFinite(change) ? String.format(Locale.ROOT, "%+.0f %%", 100 * change) : "from 0";
    }
}
