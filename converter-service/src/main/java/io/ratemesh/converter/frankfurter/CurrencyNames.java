package io.ratemesh.converter.frankfurter;

import static java.util.Map.entry;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.json.JsonText;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code GET /v1/currencies}: the currencies of the newest day, with the names that Frankfurter uses. */
final class CurrencyNames {

    /** Those that differ from ISO 4217. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("BGN", "Bulgarian Lev"),
            entry("CNY", "Chinese Renminbi Yuan"),
            entry("GBP", "British Pound"),
            entry("HUF", "Hungarian Forint"),
            entry("IDR", "Indonesian Rupiah"),
            entry("ILS", "Israeli New Sheqel"),
            entry("ISK", "Icelandic Króna"),
            entry("JPY", "Japanese Yen"),
            entry("KRW", "South Korean Won"),
            entry("PLN", "Polish Złoty"),
            entry("RON", "Romanian Leu"),
            entry("THB", "Thai Baht"),
            entry("TRY", "Turkish Lira"),
            entry("USD", "United States Dollar"),
            entry("ZAR", "South African Rand"));

    private CurrencyNames() {}

    static ApiResponse response(RateHistory days) {
        Set<String> codes = new TreeSet<>();
        codes.add(Currencies.EURO);
        days.lastDay().flatMap(days::day).map(HistoryDay::perEuro).ifPresent(rates -> codes.addAll(rates.keySet()));
        StringBuilder json = new StringBuilder(1024).append('{');
        String comma = "";
        for (String code : codes) {
            JsonText.field(json.append(comma), code, name(code));
            comma = ",";
        }
        return FrankfurterResponse.of(json.append('}'), false);
    }

    static String name(String code) {
        String iso = Currencies.find(code).map(Currency::name).orElse(code);
        return NAMES.getOrDefault(code, iso);
    }
}
