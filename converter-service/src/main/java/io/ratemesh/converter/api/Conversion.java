package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Query;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** {@code GET /api/v1/convert}: one amount into another currency. */
final class Conversion implements Resource {

    /** Whoever would rather read gets a page. */
    private static final List<ApiResponse.Field> VARY =
            List.of(new ApiResponse.Field(HttpHeaders.VARY, HttpHeaders.ACCEPT));

    @Override
    public ApiResponse get(ResourceRequest ask) {
        Query query = ask.parameters();
        ConvertRequest asked = ConvertRequest.read(query::optional, ask);
        ApiResponse answer =
                asked.date().isPresent() ? past(ask, asked, asked.date().get()) : now(ask, asked);
        return answer.with(VARY);
    }

    /** The JSON of a conversion. */
    static String json(ConvertRequest asked, QuoteJson quote, boolean stale) {
        return quote.head() + "\"amount\":\"" + asked.amount().toPlainString() + "\",\"result\":\""
                + result(asked, quote).toPlainString() + "\"," + quote.tail(stale);
    }

    private static ApiResponse now(ResourceRequest ask, ConvertRequest asked) {
        BookView book = ask.rates();
        QuoteJson quote = CurrencyCodes.quote(book, asked.from(), asked.to());
        boolean stale = quote.stale(ask.now());
        return ApiResponse.current(
                Buffer.buffer(json(asked, quote, stale)), EntityTag.of(book.version(), stale, asked.canonical()));
    }

    private static ApiResponse past(ResourceRequest ask, ConvertRequest asked, LocalDate date) {
        PastDay day = new PastDay(ask, date);
        QuoteJson quote = day.quote(asked.from(), asked.to());
        return day.answer(json(asked, quote, false), quote.date());
    }

    /** How much of the other currency it is. */
    static BigDecimal result(ConvertRequest asked, QuoteJson quote) {
        return asked.scale() == ConvertRequest.FULL_SCALE
                ? quote.convertFully(asked.amount(), asked.rounding())
                : quote.convert(asked.amount(), asked.scale(), asked.rounding());
    }
}
