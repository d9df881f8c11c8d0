package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.Parameters;
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
 * What a resource answers from.
 *
 * @param path without the query
 * @param query what follows the question mark, as it was sent; null where there is none
 * @param known the parameters that the API's document has there
 * @param book the newest rates
 * @param now the wall clock
 */
record ResourceRequest(String path, @Nullable String query, Parameters known, BookView book, Instant now) {

    /**
     * The parameters of the request, spelled as the API's document has them.
     *
     * @throws ProblemException with {@code bad-parameter}
     */
    Query parameters() {
        return Query.parse(query, known);
    }

    /**
     * The history, of which there has to be some.
     *
     * @throws ProblemException with {@code no-rates-yet}
     */
    RateHistory history() {
        if (book.history().days() == 0) {
            throw Problem.later(ProblemCode.NO_RATES_YET, "no history of rates has reached this node since its start")
                    .refusal();
        }
        return book.history();
    }

    /** The day it is where the ECB is. */
    LocalDate today() {
        return now.atZone(TargetCalendar.FRANKFURT).toLocalDate();
    }

    /**
     * The book, of which there has to be one.
     *
     * @throws ProblemException with {@code no-rates-yet}
     */
    BookView rates() {
        if (book.isEmpty()) {
            throw Problem.later(ProblemCode.NO_RATES_YET, "no book of rates has reached this node since its start")
                    .refusal();
        }
        return book;
    }
}
