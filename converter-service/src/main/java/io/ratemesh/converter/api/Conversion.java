package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** {@code GET /api/v1/convert}: converts one amount. */
final class Conversion implements Resource {

    /** The same path has a page. */
    private static final List<ApiResponse.Field> VARY =
            List.of(new ApiResponse.Field(HttpHeaders.VARY, HttpHeaders.ACCEPT));

    @Override
    public ApiResponse get(ResourceRequest request) {
        ConvertRequest conversion = ConvertRequest.read(request.parameters(), request);
        ApiResponse response = conversion.date().isPresent()
                ? past(request, conversion, conversion.date().get())
                : now(request, conversion);
        return response.with(VARY);
    }

    static String json(ConvertRequest conversion, QuoteJson quote, boolean stale) {
        return quote.head() + "\"amount\":\"" + conversion.amount().toPlainString() + "\",\"result\":\""
                + result(conversion, quote).toPlainString() + "\"," + quote.tail(stale);
    }

    static BigDecimal result(ConvertRequest conversion, QuoteJson quote) {
        return conversion.scale() == ConvertRequest.FULL_SCALE
                ? quote.convertFully(conversion.amount(), conversion.rounding())
                : quote.convert(conversion.amount(), conversion.scale(), conversion.rounding());
    }

    private static ApiResponse now(ResourceRequest request, ConvertRequest conversion) {
        BookView book = request.rates();
        QuoteJson quote = CurrencyCodes.quote(book, conversion.from(), conversion.to());
        boolean stale = quote.stale(request.now());
        return ApiResponse.current(
                Buffer.buffer(json(conversion, quote, stale)),
                EntityTag.of(book.version(), stale, conversion.canonical()));
    }

    private static ApiResponse past(ResourceRequest request, ConvertRequest conversion, LocalDate date) {
        PastDay day = new PastDay(request, date);
        QuoteJson quote = day.quote(conversion.from(), conversion.to());
        return day.response(json(conversion, quote, false), quote.date());
    }
}
