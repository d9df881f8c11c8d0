package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.legacy.CurrencySuccessions;
import io.ratemesh.model.quote.PairQuote;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/currencies}: all of ISO 4217, with the days on which each had a rate. */
final class CurrencyList implements Resource {

    private @Nullable BookView source;
    private Buffer json = Buffer.buffer(0);
    private String tag = "";

    @Override
    public ApiResponse get(ResourceRequest request) {
        BookView book = request.rates();
        if (source != book) {
            String text = json(book);
            json = Buffer.buffer(text);
            // The history may change without the book, so the version alone would not do.
            tag = EntityTag.of(
                    book.version(), false, "currencies-" + HexFormat.of().toHexDigits(text.hashCode()));
            source = book;
        }
        return ApiResponse.current(json, tag);
    }

    private static String json(BookView book) {
        JsonArray currencies = new JsonArray();
        Currencies.all().forEach(currency -> currencies.add(json(book, currency)));
        return new JsonObject().put("currencies", currencies).encode();
    }

    private static JsonObject json(BookView book, Currency currency) {
        Optional<LocalDate> today = today(book, currency);
        return new JsonObject()
                .put("code", currency.code())
                .put("number", currency.number().orElse(null))
                .put("name", currency.name())
                .put(
                        "minorUnits",
                        currency.minorUnits().isPresent()
                                ? currency.minorUnits().getAsInt()
                                : null)
                .put("scale", currency.scale())
                .put("withdrawn", currency.withdrawn().orElse(null))
                .put("current", today.isPresent())
                .put("firstDay", text(book.history().firstDay(currency.code())))
                .put("lastDay", text(today.or(() -> book.history().lastDay(currency.code()))))
                .put("successor", CurrencySuccessions.successor(currency.code()).orElse(null));
    }

    /** The day of the market's current rate; empty for a currency that has none, or only a legal one. */
    private static Optional<LocalDate> today(BookView book, Currency currency) {
        boolean market =
                book.book().covers(currency.code()) && currency.withdrawn().isEmpty();
        return market && book.quotes().now(currency.code(), Currencies.EURO) instanceof PairQuote.Priced priced
                ? Optional.of(priced.date())
                : Optional.empty();
    }

    private static @Nullable String text(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse(null);
    }
}
