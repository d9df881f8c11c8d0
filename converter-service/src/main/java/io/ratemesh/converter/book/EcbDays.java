package io.ratemesh.converter.book;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.BookDay;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.util.List;
import java.util.Optional;

/**
 * The days with rates of the ECB: those of the history, and a newer one that only the book has. Books change often and days
 * rarely, so the last result is cached. Used on one event loop.
 */
final class EcbDays {

    private RateHistory history = RateHistory.EMPTY;
    private Optional<HistoryDay> newest = Optional.empty();
    private RateHistory days = RateHistory.EMPTY;

    /** The days of a history and a book: the same object as long as they are equal. */
    RateHistory of(RateBook book, RateHistory known) {
        Optional<HistoryDay> published = BookDay.newest(book, known);
        if (!history.equals(known) || !newest.equals(published)) {
            days = published.map(day -> known.plus(List.of(day))).orElse(known);
            history = known;
            newest = published;
        }
        return days;
    }
}
