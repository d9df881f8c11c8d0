package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.json.JsonText;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.legacy.CurrencySuccessions;
import io.ratemesh.model.quote.PairQuote;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/currencies}: all of ISO 4217, which of them have a rate of the market now, and since when. */
final class CurrencyList implements Resource {

    private @Nullable BookView madeFrom;
    private Buffer made = Buffer.buffer(0);
    private String tag = "";

    @Override
    public ApiResponse get(ResourceRequest ask) {
        BookView book = ask.rates();
        ask.parameters();
        if (madeFrom != book) {
            String json = json(book);
            made = Buffer.buffer(json);
            // The history changes without the book: what is answered tells two of them apart.
            tag = EntityTag.of(
                    book.version(), false, "currencies-" + HexFormat.of().toHexDigits(json.hashCode()));
            madeFrom = book;
        }
        return ApiResponse.current(made, tag);
    }

    private static String json(BookView book) {
        StringBuilder json = new StringBuilder(40_000).append("{\"currencies\":[");
        String comma = "";
        for (Currency currency : Currencies.all()) {
            JsonText.field(json.append(comma).append('{'), "code", currency.code());
            nullable(json, "number", currency.number().orElse(null));
            JsonText.field(json.append(','), "name", currency.name());
            json.append(",\"minorUnits\":");
            currency.minorUnits().ifPresentOrElse(json::append, () -> json.append("null"));
            json.append(",\"scale\":").append(currency.scale());
            nullable(json, "withdrawn", currency.withdrawn().orElse(null));
            Optional<LocalDate> today = today(book, currency);
            json.append(",\"current\":").append(today.isPresent());
            Optional<LocalDate> lastDay = today.or(() -> book.history().lastDay(currency.code()));
            nullable(json, "firstDay", day(book.history().firstDay(currency.code())));
            nullable(json, "lastDay", day(lastDay));
            nullable(
                    json,
                    "successor",
                    CurrencySuccessions.successor(currency.code()).orElse(null));
            json.append('}');
            comma = ",";
        }
        return json.append("]}").toString();
    }

    /** The day of the rate that the market has now; empty where it has none, as where only the law has one. */
    private static Optional<LocalDate> today(BookView book, Currency currency) {
        boolean market =
                book.book().covers(currency.code()) && currency.withdrawn().isEmpty();
        return market && book.quotes().now(currency.code(), Currencies.EURO) instanceof PairQuote.Priced priced
                ? Optional.of(priced.date())
                : Optional.empty();
    }

    private static @Nullable String day(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse(null);
    }

    private static void nullable(StringBuilder json, String name, @Nullable String value) {
        JsonText.quote(json.append(','), name).append(':');
        if (value == null) {
            json.append("null");
        } else {
            JsonText.quote(json, value);
        }
    }
}
