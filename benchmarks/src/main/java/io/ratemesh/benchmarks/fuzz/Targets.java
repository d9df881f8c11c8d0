package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Paths and queries: of every endpoint, and of none. */
final class Targets {

    static final String CONVERT = "/api/v1/convert";
    static final String STREAM = "/api/v1/stream";

    private static final List<String> NAMES = List.of(
            "from",
            "to",
            "amount",
            "date",
            "rounding",
            "scale",
            "base",
            "symbols",
            "group",
            "range",
            "pairs",
            "start",
            "end");

    private static final List<String> UNKNOWN_NAMES =
            List.of("From", "amount ", "", "x", "amoumt", "from[]", "é", "\u0000", "a.b");

    private static final List<String> ELSEWHERE = List.of(
            "/",
            "/api",
            "/api/",
            "/api/v1",
            "/api/v1/",
            "/api/v2/convert",
            "//api/v1/convert",
            "/api/v1/convert/",
            "/api/v1/../v1/convert",
            "/api/v1/%2e%2e/convert",
            "/api/v1/convert%00",
            "/api/v1/convert;x=1",
            "/API/V1/CONVERT",
            "/api/v1/rates/",
            "/api/v1/rates/USD",
            "/api/v1/rates/USD/",
            "/api/v1/rates//",
            "/api/v1/rates/USD/JPY/EUR",
            "/api/v1/history/",
            "/api/v1/history/USD",
            "/api/v1/history//",
            "/api/v1/history/USD/JPY.csv",
            "/api/v1/history/USD/JPY.ndjson",
            "/api/v1/history/USD/JPY.xml",
            "/api/problems/not-found",
            "/favicon.ico",
            "/%",
            "/%zz",
            "/%C0%AF",
            "/.git/config",
            "/health",
            "/health/live",
            "/health/ready",
            "/health/startup",
            "/health/none",
            "/healthy",
            "/metrics",
            "/metrics/",
            "/metrics?x=1",
            "?",
            "/?",
            "/??",
            "/?&&&=&",
            "/#fragment",
            "*",
            "http://other.example/api/v1/currencies",
            "http://",
            "http://user:secret@host/api/v1/status",
            "api/v1/convert",
            "/v1/2020-01-01..2020-03-01",
            "/v1/2020-03-01..",
            "/v1/..2020-01-01",
            "/v1/9999-99-99",
            "/v1/..",
            "/v1/latest/",
            "/v1/1999-01-04",
            "/v1/currencies",
            "/v1/latest",
            "/v1/",
            "/v1",
            "/latest");

    private Targets() {}

    /** Any but a stream's. */
    static String any(SeededRandom dice) {
        return switch (dice.between(0, 11)) {
            case 0, 1, 2, 3 ->
                CONVERT + query(dice, List.of("from", "to", "amount"), List.of("date", "rounding", "scale"));
            case 4 -> "/api/v1/rates" + query(dice, List.of("base"), List.of("symbols", "date"));
            case 5 -> "/api/v1/rates/" + code(dice) + "/" + code(dice) + query(dice, List.of(), List.of("date"));
            case 6, 7 -> history(dice);
            case 8 ->
                dice.pick(List.of("/api/v1/currencies", "/api/v1/status", "/api/v1/openapi.json", "/api/"))
                        + (dice.chance(20) ? query(dice, List.of(), List.of("date")) : "");
            case 9 ->
                "/v1/"
                        + dice.pick(List.of(
                                "latest", FieldValues.value(dice, "date"), "currencies", "2024-01-01..2024-01-31"))
                        + query(dice, List.of(), List.of("base", "symbols", "amount", "from", "to"));
            case 10 -> encoded(dice, "/" + FieldValues.value(dice, dice.pick(NAMES)), true);
            default -> dice.pick(ELSEWHERE);
        };
    }

    /** A stream's. */
    static String stream(SeededRandom dice) {
        return STREAM + (dice.chance(30) ? "" : query(dice, List.of("pairs"), List.of()));
    }

    private static String history(SeededRandom dice) {
        String path =
                "/api/v1/history/" + code(dice) + "/" + code(dice) + dice.pick(List.of("", "", ".csv", ".ndjson"));
        if (dice.chance(50)) {
            return path + query(dice, List.of("range"), List.of("group"));
        }
        String from = encoded(dice, FieldValues.value(dice, "date"), false);
        String to = encoded(dice, FieldValues.value(dice, "date"), false);
        return path + "?from=" + from + "&to=" + to
                + (dice.chance(30) ? "&group=" + FieldValues.right(dice, "group") : "");
    }

    private static String code(SeededRandom dice) {
        return encoded(dice, FieldValues.value(dice, "from"), true);
    }

    private static String query(SeededRandom dice, List<String> needed, List<String> possible) {
        List<String> parts = new ArrayList<>();
        for (String name : needed) {
            if (!dice.chance(3)) {
                parts.add(part(dice, name));
            }
        }
        for (String name : possible) {
            if (dice.chance(25)) {
                parts.add(part(dice, name));
            }
        }
        if (dice.chance(3)) {
            parts.add(part(dice, dice.pick(UNKNOWN_NAMES)));
        }
        if (dice.chance(3) && !parts.isEmpty()) {
            parts.add(dice.pick(parts));
        }
        if (dice.chance(1)) {
            for (int i = dice.between(0, 500); i > 0; i--) {
                parts.add("a" + i + "=" + i);
            }
        }
        String separator = dice.chance(2) ? dice.pick(List.of(";", "&&", "&amp;", "?")) : "&";
        return parts.isEmpty() ? "" : "?" + String.join(separator, parts);
    }

    private static String part(SeededRandom dice, String name) {
        String equals = dice.chance(2) ? dice.pick(List.of("", "==", "=%3D")) : "=";
        return encoded(dice, name, false) + equals + encoded(dice, FieldValues.value(dice, name), false);
    }

    /**
     * Percent-encoded, or not as it should be; never with what would end the request line.
     *
     * @param path whether slashes are left
     */
    private static String encoded(SeededRandom dice, String text, boolean path) {
        if (dice.chance(1)) {
            return dice.pick(
                    List.of("%", "%4", "%zz", "%C0%AF", "%FF", "%00", "%ED%A0%80", "%F0%9F", "%u20AC", "%25%25", "+"));
        }
        int style = dice.between(0, 19);
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            int value = b & 0xff;
            boolean plain = value > ' ' && value < 0x7f && "&=?#%+".indexOf(value) < 0 && (path || value != '/');
            boolean raw = style == 0 && value > ' ' && value != 0x7f;
            if (style == 1 || !(plain || raw)) {
                String hex = String.format(Locale.ROOT, style == 2 ? "%%%02x" : "%%%02X", value);
                encoded.append(style == 3 ? hex.replace("%", "%25") : hex);
            } else {
                encoded.append((char) value);
            }
        }
        return encoded.toString();
    }
}
