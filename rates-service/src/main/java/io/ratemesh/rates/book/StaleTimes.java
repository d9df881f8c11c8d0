package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** The times at which rates of a book turn stale. */
public final class StaleTimes {

    private StaleTimes() {}

    /** The first time after {@code published} at which a rate of the book turns stale; empty if there is none. */
    public static Optional<Instant> next(RateBook book, Instant published) {
        return book.rates().values().stream()
                .map(Rate::staleAt)
                .filter(staleAt -> staleAt.isAfter(published))
                .min(Comparator.naturalOrder());
    }

    /**
     * The latest time at which the book was published: its version is not below the clock of its leader. A new leader so
     * finds rates that turned stale after the last publication.
     */
    public static Instant publishedAt(RateBook book, Instant now) {
        Instant made = Instant.ofEpochMilli(book.version());
        return made.isBefore(now) ? made : now;
    }
}
