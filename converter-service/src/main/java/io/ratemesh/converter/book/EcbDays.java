package io.ratemesh.converter.book;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.BookDay;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.util.List;
import java.util.Optional;

/**
 * The days of which the ECB has published rates: those of the history, and a newer one that only the book has. Remembers
 * the last, for books come often and days do not. Lives on one event loop.
 */
final class EcbDays {

    private RateHistory history = RateHistory.EMPTY;
    private Optional<HistoryDay> newest = Optional.empty();
    private RateHistory days = RateHistory.EMPTY;

    /** The days of a book and the history beside it: the same object while they say the same. */
    RateHistory of(RateBook book, RateHistory learnt) {
        Optional<HistoryDay> published = BookDay.newest(book, learnt);
        if (!history.equals(learnt) || !newest.equals(published)) {
            days = published.map(day -> learnt.plus(List.of(day))).orElse(learnt);
            history = learnt;
            newest = published;
        }
        return days;
    }
}
