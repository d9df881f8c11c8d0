package io.ratemesh.converter.stream;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest books, for readers that reconnect. Books share the rates that they have in common.
 *
 * <p>Not thread-safe.
 */
final class ReplayWindow {

    private final int updates;
    private final TreeMap<Long, RateBook> books = new TreeMap<>();

    /**
     * An empty window.
     *
     * @param updates the number of updates that can be replayed, at least 0
     */
    ReplayWindow(int updates) {
        this.updates = updates;
    }

    /** Adds a book of any age; a known version is not replaced. */
    void add(RateBook book) {
        if (!books.containsKey(book.version())) {
            Map.Entry<Long, RateBook> before = books.lowerEntry(book.version());
            books.put(book.version(), before == null ? book : sharing(before.getValue(), book));
        }
        // One more than the updates: the first update needs the book before it.
        while (books.size() > updates + 1) {
            books.pollFirstEntry();
        }
    }

    List<RateBook> all() {
        return List.copyOf(books.values());
    }

    /** The book of a version, if it is in the window. */
    Optional<RateBook> at(long version) {
        return Optional.ofNullable(books.get(version));
    }

    /** The books newer than a version, the oldest first. */
    Collection<RateBook> after(long version) {
        return List.copyOf(books.tailMap(version, false).values());
    }

    private static RateBook sharing(RateBook before, RateBook book) {
        Map<String, Rate> rates = new HashMap<>();
        book.rates().forEach((code, rate) -> {
            Rate known = before.rates().get(code);
            rates.put(code, rate.equals(known) ? known : rate);
        });
        return new RateBook(book.version(), rates);
    }
}
