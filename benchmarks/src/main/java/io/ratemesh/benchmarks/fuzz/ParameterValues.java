package io.ratemesh.benchmarks.fuzz;

import java.util.List;
import java.util.Map;

/** Valid, nearly valid and invalid values of parameters. */
final class ParameterValues {

    static final List<String> CODES = List.of(
            "USD", "EUR", "JPY", "GBP", "CHF", "BHD", "CLF", "ISK", "DEM", "HRK", "BGN", "RUB", "usd", "Eur", "XAU",
            "XXX");

    private static final List<String> INVALID_CODES = FuzzCorpus.list("invalidCodes");

    private static final List<String> AMOUNTS = List.of(
            "1", "0", "250.75", "0.000000000000000001", "999999999999999999999999999999.999999999999999999", "01");

    private static final List<String> INVALID_AMOUNTS = FuzzCorpus.list("invalidAmounts");

    private static final List<String> DATES =
            List.of("2026-04-10", "2020-02-29", "1999-01-04", "2001-09-11", "2024-12-31");

    private static final List<String> INVALID_DATES = FuzzCorpus.list("invalidDates");

    private static final Map<String, List<String>> VALID = Map.ofEntries(
            Map.entry("from", CODES),
            Map.entry("to", CODES),
            Map.entry("base", CODES),
            Map.entry("symbols", List.of("USD", "USD,JPY", "USD,GBP,CHF,SEK", "usd,usd")),
            Map.entry("amount", AMOUNTS),
            Map.entry("date", DATES),
            Map.entry("start", DATES),
            Map.entry("end", DATES),
            Map.entry("rounding", List.of("half-even", "half-up", "down", "ceiling")),
            Map.entry("scale", List.of("0", "2", "18", "full")),
            Map.entry("group", List.of("day", "week", "month")),
            Map.entry("range", List.of("1D", "1W", "1M", "1Y", "5Y", "max")),
            Map.entry("pairs", List.of("EUR/USD", "EUR/USD,USD/JPY", "GBP/CHF")));

    private static final List<String> INVALID_ANYTHING = FuzzCorpus.list("invalidValues");

    private static final int MAX_LENGTH = 3000;

    private ParameterValues() {}

    /** A value for a parameter, mostly valid. */
    static String value(SeededRandom random, String name) {
        return random.chance(75) ? valid(random, name) : invalid(random, name);
    }

    /** A valid value for a parameter. */
    static String valid(SeededRandom random, String name) {
        return random.pick(VALID.getOrDefault(name, AMOUNTS));
    }

    private static String invalid(SeededRandom random, String name) {
        if (random.chance(3)) {
            return random.pick(List.of("9", "A", "é", "%", ",")).repeat(random.between(1, MAX_LENGTH));
        }
        if (random.chance(25)) {
            return random.pick(INVALID_ANYTHING);
        }
        return switch (name) {
            case "amount", "scale" -> random.pick(INVALID_AMOUNTS);
            case "date", "start", "end" -> random.pick(INVALID_DATES);
            case "from", "to", "base", "symbols" -> random.pick(INVALID_CODES);
            default -> random.pick(INVALID_ANYTHING);
        };
    }
}
