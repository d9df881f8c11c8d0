package io.ratemesh.rates.history;

import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The days of the history on this node: the bundled ones and the imported ones. Changes on one event loop. */
final class DayStore {

    private final RateHistory bundled;
    private final List<Consumer<RateHistory>> readers = new ArrayList<>();
    private volatile RateHistory imported = RateHistory.EMPTY;
    private volatile RateHistory all;

    DayStore(RateHistory bundled) {
        this.bundled = bundled;
        this.all = bundled;
    }

    /** All days. */
    RateHistory all() {
        return all;
    }

    /** The days that are not bundled, or that differ from the bundled ones. */
    RateHistory imported() {
        return imported;
    }

    /** Adds a reader of the imported days, called after each change. */
    void onChange(Consumer<RateHistory> reader) {
        readers.add(reader);
    }

    /** Adds days, replacing existing ones. */
    void add(Collection<HistoryDay> days) {
        keep(imported.overlaid(RateHistory.of(beyondBundled(days))));
    }

    /** Adds days, keeping existing ones. */
    void addMissing(RateHistory others) {
        keep(imported.plus(beyondBundled(daysOf(others))));
    }

    /** The days of a history, oldest first. */
    static List<HistoryDay> daysOf(RateHistory history) {
        return history.after(LocalDate.MIN);
    }

    private List<HistoryDay> beyondBundled(Collection<HistoryDay> days) {
        return days.stream()
                .filter(day -> bundled.day(day.day()).filter(day::equals).isEmpty())
                .toList();
    }

    private void keep(RateHistory next) {
        if (!next.equals(imported)) {
            imported = next;
            all = bundled.overlaid(next);
            readers.forEach(reader -> reader.accept(next));
        }
    }
}
