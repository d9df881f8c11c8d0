package io.ratemesh.converter.route;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.http.Query;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.RateHistory;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A checked request, with the data that its response is made from.
 *
 * @param path without the query
 * @param query the text after the question mark, as sent; null when there is none
 * @param parameters of the query, checked against the OpenAPI document
 * @param mediaType of the response; empty when {@code Accept} is not looked at
 * @param book the newest rates
 * @param now the wall clock
 */
public record ResourceRequest(
        String path, @Nullable String query, Query parameters, String mediaType, BookView book, Instant now) {

    /** The path segment before the last one: the first currency of a pair. */
    public String segmentBeforeLast() {
        int end = path.lastIndexOf('/');
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    /** The last path segment: the second currency of a pair. */
    public String lastSegment() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The current day in Frankfurt, where the ECB publishes. */
    public LocalDate today() {
        return now.atZone(TargetCalendar.FRANKFURT).toLocalDate();
    }

    /**
     * The history, which is not empty.
     *
     * @throws ProblemException with {@code no-rates-yet}
     */
    public RateHistory history() {
        if (book.history().days() == 0) {
            throw Problem.later(ProblemCode.NO_RATES_YET, "this node has not received any history yet; try again")
                    .exception();
        }
        return book.history();
    }

    /**
     * The book, which is not empty.
     *
     * @throws ProblemException with {@code no-rates-yet}
     */
    public BookView rates() {
        if (book.isEmpty()) {
            throw Problem.later(ProblemCode.NO_RATES_YET, "this node has not received any rates yet; try again")
                    .exception();
        }
        return book;
    }
}
