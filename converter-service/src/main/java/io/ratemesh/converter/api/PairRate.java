package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.PairQuote;
import io.ratemesh.converter.http.Answer;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Query;
import io.ratemesh.model.Currency;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.Optional;

/** {@code GET /api/v1/rates/USD/JPY}: one pair. */
final class PairRate implements Resource {

    /** What its path begins with. */
    private static final String PREFIX = "/api/v1/rates/";

    /** Whether a path is one of a pair: two segments after the prefix, whatever they say. */
    static boolean at(String path) {
        return PairPath.at(PREFIX, path);
    }

    @Override
    public Answer get(Ask ask) {
        Query query = ask.parameters();
        String fromText = Codes.spelled("from", PairPath.first(PREFIX, ask.path()));
        String toText = Codes.spelled("to", PairPath.second(PREFIX, ask.path()));
        Optional<LocalDate> date = query.optional("date").map(text -> Day.read("date", text, ask.today()));
        Currency from = Codes.known("from", fromText);
        Currency to = Codes.known("to", toText);
        if (date.isPresent()) {
            PastDay day = new PastDay(ask, date.get());
            PairQuote quote = day.quote(from, to);
            return day.answer(quote.head() + quote.tail(false), quote.date());
        }
        BookView book = ask.rates();
        PairQuote quote = Codes.quote(book, from, to);
        boolean stale = quote.stale(ask.now());
        return Answer.current(
                Buffer.buffer(quote.head() + quote.tail(stale)),
                EntityTag.of(book.version(), stale, from.code() + '-' + to.code()));
    }
}
