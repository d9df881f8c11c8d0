package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.http.Answer;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.json.JsonText;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.RateBook;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/currencies}: all of ISO 4217, and which of them have a rate now. */
final class CurrencyList implements Resource {

    private @Nullable BookView madeFrom;
    private Buffer made = Buffer.buffer(0);

    @Override
    public Answer get(Ask ask) {
        BookView book = ask.rates();
        Query.parse(ask.query(), List.of());
        if (madeFrom != book) {
            made = json(book.book());
            madeFrom = book;
        }
        return Answer.current(made, EntityTag.of(book.version(), false, "currencies"));
    }

    private static Buffer json(RateBook book) {
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
            json.append(",\"current\":").append(book.covers(currency.code())).append('}');
            comma = ",";
        }
        return Buffer.buffer(json.append("]}").toString());
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
