package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
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
    public ApiResponse get(ResourceRequest ask) {
        Query query = ask.parameters();
        String fromText = CurrencyCodes.spelled("from", PairPath.first(PREFIX, ask.path()));
        String toText = CurrencyCodes.spelled("to", PairPath.second(PREFIX, ask.path()));
        Optional<LocalDate> date = query.optional("date").map(text -> DayParameter.read("date", text, ask.today()));
        Currency from = CurrencyCodes.known("from", fromText);
        Currency to = CurrencyCodes.known("to", toText);
        if (date.isPresent()) {
            PastDay day = new PastDay(ask, date.get());
            QuoteJson quote = day.quote(from, to);
            return day.answer(quote.head() + quote.tail(false), quote.date());
        }
        BookView book = ask.rates();
        QuoteJson quote = CurrencyCodes.quote(book, from, to);
        boolean stale = quote.stale(ask.now());
        return ApiResponse.current(
                Buffer.buffer(quote.head() + quote.tail(stale)),
                EntityTag.of(book.version(), stale, from.code() + '-' + to.code()));
    }
}
