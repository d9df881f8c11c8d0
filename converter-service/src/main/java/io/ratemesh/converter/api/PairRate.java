package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.ratemesh.model.Currency;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.Optional;

/** {@code GET /api/v1/rates/USD/JPY}: the rate of one pair. */
final class PairRate implements Resource {

    @Override
    public ApiResponse get(ResourceRequest request) {
        String fromCode = CurrencyCodes.threeLetters("from", request.segmentBeforeLast());
        String toCode = CurrencyCodes.threeLetters("to", request.lastSegment());
        Optional<LocalDate> date =
                request.parameters().optional("date").map(text -> DayParameter.withRate("date", text, request.today()));
        Currency from = CurrencyCodes.known("from", fromCode);
        Currency to = CurrencyCodes.known("to", toCode);
        if (date.isPresent()) {
            PastDay day = new PastDay(request, date.get());
            QuoteJson quote = day.quote(from, to);
            return day.response(quote.head() + quote.tail(false), quote.date());
        }
        BookView book = request.rates();
        QuoteJson quote = CurrencyCodes.quote(book, from, to);
        boolean stale = quote.stale(request.now());
        return ApiResponse.current(
                Buffer.buffer(quote.head() + quote.tail(stale)),
                EntityTag.of(book.version(), stale, from.code() + '-' + to.code()));
    }
}
