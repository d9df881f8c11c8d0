package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Request targets: of each endpoint, and of none. */
final class FuzzTargets {

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

    private static final List<String> OTHER_TARGETS = FuzzCorpus.list("otherTargets");

    private FuzzTargets() {}

    /** Any target except that of a stream. */
    static String any(SeededRandom random) {
        return switch (random.between(0, 11)) {
            case 0, 1, 2, 3 ->
                CONVERT + query(random, List.of("from", "to", "amount"), List.of("date", "rounding", "scale"));
            case 4 -> "/api/v1/rates" + query(random, List.of("base"), List.of("symbols", "date"));
            case 5 -> "/api/v1/rates/" + code(random) + "/" + code(random) + query(random, List.of(), List.of("date"));
            case 6, 7 -> history(random);
            case 8 ->
                random.pick(List.of("/api/v1/currencies", "/api/v1/status", "/api/v1/openapi.json", "/api/"))
                        + (random.chance(20) ? query(random, List.of(), List.of("date")) : "");
            case 9 ->
                "/v1/"
                        + random.pick(List.of(
                                "latest",
                                ParameterValues.value(random, "date"),
                                "currencies",
                                "2024-01-01..2024-01-31"))
                        + query(random, List.of(), List.of("base", "symbols", "amount", "from", "to"));
            case 10 -> encoded(random, "/" + ParameterValues.value(random, random.pick(NAMES)), true);
            default -> random.pick(OTHER_TARGETS);
        };
    }

    /** The target of a stream. */
    static String stream(SeededRandom random) {
        return STREAM + (random.chance(30) ? "" : query(random, List.of("pairs"), List.of()));
    }

    private static String history(SeededRandom random) {
        String path = "/api/v1/history/" + code(random) + "/" + code(random)
                + random.pick(List.of("", "", ".csv", ".ndjson"));
        if (random.chance(50)) {
            return path + query(random, List.of("range"), List.of("group"));
        }
        String from = encoded(random, ParameterValues.value(random, "date"), false);
        String to = encoded(random, ParameterValues.value(random, "date"), false);
        return path + "?from=" + from + "&to=" + to
                + (random.chance(30) ? "&group=" + ParameterValues.valid(random, "group") : "");
    }

    private static String code(SeededRandom random) {
        return encoded(random, ParameterValues.value(random, "from"), true);
    }

    private static String query(SeededRandom random, List<String> required, List<String> optional) {
        List<String> parts = new ArrayList<>();
        for (String name : required) {
            if (!random.chance(3)) {
                parts.add(part(random, name));
            }
        }
        for (String name : optional) {
            if (random.chance(25)) {
                parts.add(part(random, name));
            }
        }
        if (random.chance(3)) {
            parts.add(part(random, random.pick(UNKNOWN_NAMES)));
        }
        if (random.chance(3) && !parts.isEmpty()) {
            parts.add(random.pick(parts));
        }
        if (random.chance(1)) {
            for (int i = random.between(0, 500); i > 0; i--) {
                parts.add("a" + i + "=" + i);
            }
        }
        String separator = random.chance(2) ? random.pick(List.of(";", "&&", "&amp;", "?")) : "&";
        return parts.isEmpty() ? "" : "?" + String.join(separator, parts);
    }

    private static String part(SeededRandom random, String name) {
        String equals = random.chance(2) ? random.pick(List.of("", "==", "=%3D")) : "=";
        return encoded(random, name, false) + equals + encoded(random, ParameterValues.value(random, name), false);
    }

    /**
     * Percent-encodes text, sometimes incorrectly, but never with bytes that would end the request line.
     *
     * @param path whether slashes are kept
     */
    private static String encoded(SeededRandom random, String text, boolean path) {
        if (random.chance(1)) {
            return random.pick(
                    List.of("%", "%4", "%zz", "%C0%AF", "%FF", "%00", "%ED%A0%80", "%F0%9F", "%u20AC", "%25%25", "+"));
        }
        int style = random.between(0, 19);
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
