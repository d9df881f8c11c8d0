package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** When rates of a book turn stale. */
public final class StaleTimes {

    private StaleTimes() {}

    /** The first time after {@code published} at which a rate of the book turns stale; empty where none will. */
    public static Optional<Instant> next(RateBook book, Instant published) {
        return book.rates().values().stream()
                .map(Rate::staleAt)
                .filter(staleAt -> staleAt.isAfter(published))
                .min(Comparator.naturalOrder());
    }

    /**
     * When the book was published at the latest: its version is no less than the clock it was made by, so that a new
     * leader knows what the old one had no time to say.
     */
    public static Instant publishedAt(RateBook book, Instant now) {
        Instant made = Instant.ofEpochMilli(book.version());
        return made.isBefore(now) ? made : now;
    }
}
