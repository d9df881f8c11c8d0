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
 * The readers of the same pairs. Each event is made once for all of them.
 *
 * <p>Not thread-safe.
 */
final class FilterGroup {

    /** Recent updates that are cached, for readers that reconnect. */
    private static final int MAX_CACHED_UPDATES = 16;

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

    PairFilter filter() {
        return filter;
    }

    /** Its readers; {@link StreamHub} adds and removes them. */
    Set<StreamReader> readers() {
        return readers;
    }

    long version() {
        return book.version();
    }

    /** Sends the update to a newer book to all readers that keep up, and returns their number. */
    int advance(RateBook newer) {
        Optional<EncodedEvent> event = update(book, newer);
        book = newer;
        snapshot = null;
        differences.clear();
        int sent = 0;
        for (StreamReader reader : readers) {
            if (reader.update(event, newer.version())) {
                sent++;
            }
        }
        return sent;
    }

    /** The update from one book to the next; empty when no pair of the group has changed. */
    Optional<EncodedEvent> update(RateBook before, RateBook after) {
        Optional<EncodedEvent> event = updates.get(after.version());
        if (event == null) {
            event = text(UpdateDiff.between(before, after, filter), after.version());
            updates.put(after.version(), event);
            if (updates.size() > MAX_CACHED_UPDATES) {
                updates.remove(updates.keySet().iterator().next());
            }
        }
        return event;
    }

    /** The changes since a version in one event; all pairs when the version is outside the replay window. */
    Optional<EncodedEvent> since(long version) {
        return differences.computeIfAbsent(
                version,
                from -> window.at(from)
                        .map(before -> text(UpdateDiff.between(before, book, filter), book.version()))
                        .orElseGet(() -> text(UpdateDiff.everything(book, filter, Instant.MIN), book.version())));
    }

    EncodedEvent snapshot(Instant now) {
        EncodedEvent event = snapshot;
        if (event == null || !now.isBefore(snapshotUntil)) {
            event = EventText.snapshot(book.version(), UpdateDiff.everything(book, filter, now));
            snapshot = event;
            snapshotUntil = UpdateDiff.freshUntil(book, now);
        }
        return event;
    }

    private static Optional<EncodedEvent> text(SortedMap<String, Optional<PairState>> changed, long version) {
        return changed.isEmpty() ? Optional.empty() : Optional.of(EventText.rates(version, changed));
    }
}
