package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.json.JsonText;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.quote.PairQuote;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code GET /api/v1/rates}: the rates of one base. {@code asOf} is the oldest of the rates shown; {@code stale} and
 * {@code simulated} are true when one of them is.
 */
final class RateTable implements Resource {

    @Override
    public ApiResponse get(ResourceRequest request) {
        Query parameters = request.parameters();
        List<String> codes = symbols(parameters);
        Optional<LocalDate> date =
                parameters.optional("date").map(text -> DayParameter.withRate("date", text, request.today()));
        Currency base = CurrencyCodes.known("base", parameters.optional("base").orElse(Currencies.EURO));
        List<Currency> symbols =
                codes.stream().map(code -> CurrencyCodes.known("symbols", code)).toList();
        return date.isPresent() ? past(request, base, symbols, date.get()) : now(request, base, symbols);
    }

    private static ApiResponse now(ResourceRequest request, Currency base, List<Currency> symbols) {
        BookView book = request.rates();
        CurrencyCodes.checkRate("base", base, book);
        symbols.forEach(symbol -> CurrencyCodes.checkRate("symbols", symbol, book));
        List<String> codes = symbols.isEmpty()
                ? allBut(base.code(), book.book())
                : symbols.stream().map(Currency::code).toList();
        Map<String, PairQuote.Priced> table = new TreeMap<>();
        for (String code : codes) {
            if (book.quotes().now(base.code(), code) instanceof PairQuote.Priced priced) {
                table.put(code, priced);
            }
        }
        boolean stale = table.values().stream().anyMatch(rate -> rate.stale(request.now()));
        String variant = base.code()
                + (symbols.isEmpty()
                        ? ""
                        : '-' + HexFormat.of().toHexDigits(table.keySet().hashCode()));
        Instant asOf = oldest(table).or(book::newest).orElseThrow();
        return ApiResponse.current(
                Buffer.buffer(json(base.code(), table, asOf, book.version(), stale)),
                EntityTag.of(book.version(), stale, variant));
    }

    /** Each rate is that of {@link PairRate}: when the ECB left a currency out, the rate of an earlier day. */
    private static ApiResponse past(ResourceRequest request, Currency base, List<Currency> symbols, LocalDate date) {
        PastDay day = new PastDay(request, date);
        Map<String, PairQuote.Priced> table = new TreeMap<>();
        for (Currency symbol : symbols.isEmpty() ? day.market(base) : symbols) {
            table.put(symbol.code(), day.priced("base", base, "symbols", symbol));
        }
        Instant asOf = oldest(table).orElseThrow();
        String json = json(base.code(), table, asOf, QuoteJson.NO_BOOK, false);
        return day.response(json, asOf.atZone(ZoneOffset.UTC).toLocalDate());
    }

    private static Optional<Instant> oldest(Map<String, PairQuote.Priced> table) {
        return table.values().stream().map(PairQuote.Priced::asOf).min(Comparator.naturalOrder());
    }

    private static List<String> symbols(Query parameters) {
        Set<String> distinct = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String symbol :
                parameters.optional("symbols").map(text -> text.split(",")).orElse(new String[0])) {
            if (!distinct.add(symbol)) {
                throw parameters.invalid("symbols");
            }
        }
        return List.copyOf(distinct);
    }

    private static List<String> allBut(String base, RateBook book) {
        List<String> codes = new ArrayList<>(book.rates().keySet());
        codes.add(Currencies.EURO);
        codes.remove(base);
        return codes;
    }

    private static String json(
            String base, Map<String, PairQuote.Priced> table, Instant asOf, long version, boolean stale) {
        Set<String> sources = new TreeSet<>();
        table.values().forEach(rate -> sources.addAll(rate.sources()));
        boolean simulated = table.values().stream().anyMatch(PairQuote.Priced::simulated);
        StringBuilder json = new StringBuilder(256 + 48 * table.size()).append('{');
        JsonText.field(json, "base", base).append(',');
        JsonText.field(json, "date", asOf.atZone(ZoneOffset.UTC).toLocalDate().toString())
                .append(',');
        JsonText.field(json, "asOf", asOf.toString());
        json.append(",\"version\":").append(version);
        json.append(",\"stale\":").append(stale).append(",\"simulated\":").append(simulated);
        JsonText.array(json.append(",\"sources\":"), sources).append(",\"rates\":{");
        String comma = "";
        for (Map.Entry<String, PairQuote.Priced> rate : table.entrySet()) {
            JsonText.field(
                    json.append(comma),
                    rate.getKey(),
                    rate.getValue().legs().rate().toPlainString());
            comma = ",";
        }
        return json.append("}}").toString();
    }
}
