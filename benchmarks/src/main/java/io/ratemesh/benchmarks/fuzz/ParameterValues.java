package io.ratemesh.benchmarks.fuzz;

import java.util.List;
import java.util.Map;

/** Valid, nearly valid and invalid values of parameters. */
final class ParameterValues {

    static final List<String> CODES = List.of(
            "USD", "EUR", "JPY", "GBP", "CHF", "BHD", "CLF", "ISK", "DEM", "HRK", "BGN", "RUB", "usd", "Eur", "XAU",
            "XXX");

    private static final List<String> INVALID_CODES = List.of(
            "ZZZ",
            "US",
            "USDD",
            "U$D",
            "ＵＳＤ",
            "ÜSD",
            "ıSD",
            "EUR/USD",
            "us d",
            "123",
            "€",
            "\u0000",
            "U\u0000D",
            "..",
            "null");

    private static final List<String> AMOUNTS = List.of(
            "1", "0", "250.75", "0.000000000000000001", "999999999999999999999999999999.999999999999999999", "01");

    private static final List<String> INVALID_AMOUNTS = List.of(
            "-1",
            "+1",
            "1e5",
            "1E+999999999",
            "1e-2147483648",
            "1,000.50",
            "1.000,50",
            "1'000",
            "1 000",
            "1\u00a0000",
            "١٢٣",
            "１２３",
            "१०",
            "NaN",
            "Infinity",
            "-0",
            ".5",
            "5.",
            ".",
            "1..2",
            "0x10",
            "1_000",
            "1f",
            "1d",
            "1L",
            "1000000000000000000000000000000",
            "0.0000000000000000001",
            " 1",
            "1\n",
            "1\u0000",
            "∞",
            "½",
            "$1",
            "1%",
            "--1",
            "1/2",
            "true",
            "[1]",
            "{}",
            "\"1\"",
            "\u202e1",
            "1\u200b");

    private static final List<String> DATES =
            List.of("2026-04-10", "2020-02-29", "1999-01-04", "2001-09-11", "2024-12-31");

    private static final List<String> INVALID_DATES = List.of(
            "2026-02-30",
            "2021-02-29",
            "0000-00-00",
            "9999-12-31",
            "+999999999-12-31",
            "-0001-01-01",
            "20260410",
            "2026-4-1",
            "10.04.2026",
            "04/10/2026",
            "2026-04-10T00:00:00Z",
            "today",
            "1998-12-31",
            "２０２０-01-01",
            "2026-W15");

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

    private static final List<String> INVALID_ANYTHING = List.of(
            "",
            "-1",
            "19",
            "2147483648",
            "HALF_UP",
            "1m",
            "1d",
            ",",
            ",,,,",
            "EUR/EUR",
            "EUR/",
            "//",
            "EUR/USD,",
            "a,b,c",
            "USD,,EUR",
            "\u0000\u0001\u0002",
            "💶",
            "\ud83d",
            "../../etc/passwd",
            "' OR 1=1--",
            "<script>",
            "${jndi:ldap://x}",
            "%s%n%d",
            "\r\nX-Evil: 1");

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
