package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Bodies of batches, valid and invalid. */
final class BatchBodies {

    private static final int MOST_ITEMS = 1000;
    private static final int DEEP = 20_000;

    private static final List<String> OTHER_JSON = FuzzCorpus.list("otherJson");

    private BatchBodies() {}

    static byte[] any(SeededRandom random) {
        return switch (random.between(0, 9)) {
            case 0, 1, 2, 3, 4 -> batch(random, random.between(1, 8));
            case 5 -> random.pick(OTHER_JSON).getBytes(UTF_8);
            case 6 -> truncated(random, batch(random, random.between(1, 8)));
            case 7 -> mangled(random, batch(random, random.between(1, 8)));
            case 8 -> rare(random);
            default -> random.bytes(random.between(0, 300));
        };
    }

    private static byte[] rare(SeededRandom random) {
        return switch (random.between(0, 9)) {
            case 0 -> batch(random, MOST_ITEMS);
            case 1 -> batch(random, MOST_ITEMS + 1);
            case 2 -> ("{\"conversions\":" + "[".repeat(random.between(1, DEEP))).getBytes(UTF_8);
            case 3 -> "{\"a\":".repeat(random.between(1, DEEP)).getBytes(UTF_8);
            case 4 -> ("{\"conversions\":[{\"amount\":" + "9".repeat(random.between(1, DEEP)) + "}]}").getBytes(UTF_8);
            case 5 -> ("{\"" + "n".repeat(random.between(1, DEEP)) + "\":1}").getBytes(UTF_8);
            case 6 ->
                ("{\"conversions\":[{\"id\":\"" + "é".repeat(random.between(1, 200)) + "\",\"from\":\"USD\"}]}")
                        .getBytes(UTF_8);
            case 7 ->
                batch(random, 2).length % 2 == 0
                        ? new byte[0]
                        : "{}".repeat(random.between(1, DEEP)).getBytes(UTF_8);
            case 8 -> " ".repeat(random.between(1, DEEP)).getBytes(UTF_8);
            default ->
                ("\ufeff" + new String(batch(random, 2), UTF_8))
                        .getBytes(random.pick(List.of(UTF_8, java.nio.charset.StandardCharsets.UTF_16)));
        };
    }

    private static byte[] batch(SeededRandom random, int items) {
        StringBuilder json = new StringBuilder("{\"conversions\":[");
        for (int i = 0; i < items; i++) {
            json.append(i == 0 ? "{" : ",{");
            if (random.chance(50)) {
                json.append("\"id\":\"").append(i).append("\",");
            }
            field(random, json, "from").append(',');
            field(random, json, "to").append(',');
            field(random, json, "amount");
            for (String name : List.of("date", "rounding", "scale")) {
                if (random.chance(10)) {
                    field(random, json.append(','), name);
                }
            }
            json.append('}');
        }
        return json.append("]}").toString().getBytes(UTF_8);
    }

    private static StringBuilder field(SeededRandom random, StringBuilder json, String name) {
        // With more invalid values no large batch would be valid as a whole.
        String value = random.chance(90) ? ParameterValues.valid(random, name) : ParameterValues.value(random, name);
        json.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                json.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }

    private static byte[] truncated(SeededRandom random, byte[] whole) {
        return Arrays.copyOf(whole, random.between(0, whole.length - 1));
    }

    private static byte[] mangled(SeededRandom random, byte[] whole) {
        byte[] mangled = whole.clone();
        for (int i = random.between(1, 5); i > 0; i--) {
            mangled[random.between(0, mangled.length - 1)] = random.chance(50)
                    ? random.bytes(1)[0]
                    : random.pick(List.of("{", "}", "[", "]", "\"", ",", ":", "\\", "0"))
                            .getBytes(ISO_8859_1)[0];
        }
        return mangled;
    }
}
