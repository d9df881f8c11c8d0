package io.ratemesh.rates.history;

import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The days this node knows: those that came with the program, and those learnt since. Learns on one event loop. */
final class DayStore {

    private final RateHistory bundled;
    private final List<Consumer<RateHistory>> readers = new ArrayList<>();
    private volatile RateHistory learnt = RateHistory.EMPTY;
    private volatile RateHistory known;

    DayStore(RateHistory bundled) {
        this.bundled = bundled;
        this.known = bundled;
    }

    /** All of them. */
    RateHistory known() {
        return known;
    }

    /** Of these, what is not bundled, or is otherwise there. */
    RateHistory learnt() {
        return learnt;
    }

    /** Calls back with what is learnt each time it has changed. */
    void onLearnt(Consumer<RateHistory> reader) {
        readers.add(reader);
    }

    /** Learns days; what was known of them counts less. */
    void learn(Collection<HistoryDay> days) {
        keep(learnt.overlaid(RateHistory.of(beyondBundled(days))));
    }

    /** Learns days that were not known; what was known stays. */
    void fill(RateHistory others) {
        keep(learnt.plus(beyondBundled(all(others))));
    }

    /** All days of a history, oldest first. */
    static List<HistoryDay> all(RateHistory history) {
        return history.after(LocalDate.MIN);
    }

    private List<HistoryDay> beyondBundled(Collection<HistoryDay> days) {
        return days.stream()
                .filter(day -> bundled.day(day.day()).filter(day::equals).isEmpty())
                .toList();
    }

    private void keep(RateHistory next) {
        if (!next.equals(learnt)) {
            learnt = next;
            known = bundled.overlaid(next);
            readers.forEach(reader -> reader.accept(next));
        }
    }
}
