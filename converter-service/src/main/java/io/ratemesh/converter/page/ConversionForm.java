package io.ratemesh.converter.page;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.RateBook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The form of the page, filled with the values of the request, valid or not.
 *
 * @param date empty when the request has none: then the form has no field for it, since an empty value is an error
 */
record ConversionForm(String amount, String from, String to, Optional<String> date) {

    private static final int MAX_SHOWN = 64;

    static ConversionForm of(@Nullable String query) {
        Map<String, List<String>> values = Map.of();
        try {
            values = new QueryStringDecoder(query == null ? "" : query, StandardCharsets.UTF_8, false).parameters();
        } catch (IllegalArgumentException e) {
            // The page shows the error; the form has its defaults.
        }
        return new ConversionForm(
                first(values, "amount").orElse("100"),
                first(values, "from").orElse(Currencies.EURO),
                first(values, "to").orElse("USD"),
                first(values, "date"));
    }

    /** The field of the date, if there is one. */
    String dateField() {
        return date.map(day -> "<label>Day <input name=\"date\" type=\"date\" value=\"" + HtmlText.escaped(day)
                        + "\" required></label>\n")
                .orElse("");
    }

    /** The options of a currency: those with a rate, and the chosen one if it exists. */
    static String options(RateBook book, String chosen) {
        Optional<Currency> known = Currencies.find(chosen);
        Set<String> codes = new TreeSet<>(book.rates().keySet());
        codes.add(Currencies.EURO);
        known.map(Currency::code).ifPresent(codes::add);
        StringBuilder options = new StringBuilder(64 * codes.size());
        for (String code : codes) {
            boolean selected =
                    known.filter(currency -> currency.code().equals(code)).isPresent();
            String name = Currencies.find(code).map(Currency::name).orElse(code);
            options.append("<option value=\"").append(code).append(selected ? "\" selected>" : "\">");
            options.append(code).append(" – ").append(HtmlText.escaped(name)).append("</option>");
        }
        return options.toString();
    }

    private static Optional<String> first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream()
                .findFirst()
                .map(value -> value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) : value);
    }
}
