package io.ratemesh.converter.stream;

import io.ratemesh.model.RateBook;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The readers of the same pairs, and what they are told: every text is made once for all of them.
 *
 * <p>Not thread-safe.
 */
final class FilterGroup {

    /** Updates kept as text: those that readers who lost their node for a moment come back for. */
    private static final int MAX_TEXTS = 16;

    private final PairFilter filter;
    private final ReplayWindow window;
    private final Set<StreamReader> readers = new LinkedHashSet<>();
    private final Map<Long, Optional<EncodedEvent>> updates = new LinkedHashMap<>();
    private final Map<Long, Optional<EncodedEvent>> differences = new HashMap<>();
    private RateBook book;
    private @Nullable EncodedEvent snapshot;
    private Instant snapshotUntil = Instant.MIN;

    FilterGroup(PairFilter filter, ReplayWindow window, RateBook book) {
        this.filter = filter;
        this.window = window;
        this.book = book;
    }

    /** What its readers want. */
    PairFilter filter() {
        return filter;
    }

    /** Who they are; to be changed by whoever opens and closes streams. */
    Set<StreamReader> readers() {
        return readers;
    }

    /** The version its readers are told now. */
    long version() {
        return book.version();
    }

    /** Moves on to a newer book, and tells every reader that keeps up; returns how many that were. */
    int advance(RateBook newer) {
        Optional<EncodedEvent> event = update(book, newer);
        book = newer;
        snapshot = null;
        differences.clear();
        int told = 0;
        for (StreamReader reader : readers) {
            if (reader.update(event, newer.version())) {
                told++;
            }
        }
        return told;
    }

    /** What changed from one book to the next; empty where that is nothing of these pairs. */
    Optional<EncodedEvent> update(RateBook before, RateBook after) {
        Optional<EncodedEvent> made = updates.get(after.version());
        if (made == null) {
            made = text(UpdateDiff.between(before, after, filter), after.version());
            updates.put(after.version(), made);
            if (updates.size() > MAX_TEXTS) {
                updates.remove(updates.keySet().iterator().next());
            }
        }
        return made;
    }

    /** What changed since a version in one event; everything where the window does not reach back. */
    Optional<EncodedEvent> since(long version) {
        return differences.computeIfAbsent(
                version,
                from -> window.at(from)
                        .map(before -> text(UpdateDiff.between(before, book, filter), book.version()))
                        .orElseGet(() -> text(UpdateDiff.everything(book, filter, Instant.MIN), book.version())));
    }

    /** All pairs as they are now. */
    EncodedEvent snapshot(Instant now) {
        EncodedEvent made = snapshot;
        if (made == null || !now.isBefore(snapshotUntil)) {
            made = EventText.snapshot(book.version(), UpdateDiff.everything(book, filter, now));
            snapshot = made;
            snapshotUntil = UpdateDiff.freshUntil(book, now);
        }
        return made;
    }

    private static Optional<EncodedEvent> text(SortedMap<String, Optional<PairState>> changed, long version) {
        return changed.isEmpty() ? Optional.empty() : Optional.of(EventText.rates(version, changed));
    }
}
