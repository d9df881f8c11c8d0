package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Bodies of batches, and what is taken for one. */
final class RequestBodies {

    private static final int MOST_ITEMS = 1000;
    private static final int DEEP = 20_000;

    private static final List<String> OTHER_JSON = List.of(
            "",
            " ",
            "{}",
            "[]",
            "null",
            "true",
            "1e999999999",
            "\"\"",
            "{\"conversions\":[]}",
            "{\"conversions\":null}",
            "{\"conversions\":{}}",
            "{\"conversions\":[null]}",
            "{\"conversions\":[[]]}",
            "{\"conversions\":[{}]}",
            "{\"conversions\":[{\"from\":1}]}",
            "{\"conversions\":[{\"amount\":1e400000000}]}",
            "{\"conversions\":[{\"from\":\"USD\",\"from\":\"EUR\"}]}",
            "{\"conversions\":[],\"conversions\":[]}",
            "{\"conversions\":[{\"from\":\"\\ud800\",\"to\":\"EUR\",\"amount\":\"1\"}]}",
            "{\"conversions\":[{\"id\":\"\\u0000\",\"from\":\"USD\",\"to\":\"EUR\",\"amount\":\"1\"}]}",
            "{\"conversions\":[{\"id\":\"\\udead\",\"from\":\"USD\",\"to\":\"EUR\",\"amount\":\"1\"}]}",
            "{\"__proto__\":{}}",
            "{\"conversions\":[{\"from\":\"USD\"},]}",
            "{'conversions':[]}",
            "// {}",
            "\ufeff{}",
            "{\"conversions\":[{\"from\":\"USD\",\"to\":\"EUR\",\"amount\":\"1\"}]}}",
            "NaN",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\t\"}");

    private RequestBodies() {}

    static byte[] any(SeededRandom dice) {
        return switch (dice.between(0, 9)) {
            case 0, 1, 2, 3, 4 -> batch(dice, dice.between(1, 8));
            case 5 -> dice.pick(OTHER_JSON).getBytes(UTF_8);
            case 6 -> cut(dice, batch(dice, dice.between(1, 8)));
            case 7 -> mangled(dice, batch(dice, dice.between(1, 8)));
            case 8 -> rare(dice);
            default -> dice.bytes(dice.between(0, 300));
        };
    }

    private static byte[] rare(SeededRandom dice) {
        return switch (dice.between(0, 9)) {
            case 0 -> batch(dice, MOST_ITEMS);
            case 1 -> batch(dice, MOST_ITEMS + 1);
            case 2 -> ("{\"conversions\":" + "[".repeat(dice.between(1, DEEP))).getBytes(UTF_8);
            case 3 -> "{\"a\":".repeat(dice.between(1, DEEP)).getBytes(UTF_8);
            case 4 -> ("{\"conversions\":[{\"amount\":" + "9".repeat(dice.between(1, DEEP)) + "}]}").getBytes(UTF_8);
            case 5 -> ("{\"" + "n".repeat(dice.between(1, DEEP)) + "\":1}").getBytes(UTF_8);
            case 6 ->
                ("{\"conversions\":[{\"id\":\"" + "é".repeat(dice.between(1, 200)) + "\",\"from\":\"USD\"}]}")
                        .getBytes(UTF_8);
            case 7 ->
                batch(dice, 2).length % 2 == 0
                        ? new byte[0]
                        : "{}".repeat(dice.between(1, DEEP)).getBytes(UTF_8);
            case 8 -> " ".repeat(dice.between(1, DEEP)).getBytes(UTF_8);
            default ->
                ("\ufeff" + new String(batch(dice, 2), UTF_8))
                        .getBytes(dice.pick(List.of(UTF_8, java.nio.charset.StandardCharsets.UTF_16)));
        };
    }

    private static byte[] batch(SeededRandom dice, int items) {
        StringBuilder json = new StringBuilder("{\"conversions\":[");
        for (int i = 0; i < items; i++) {
            json.append(i == 0 ? "{" : ",{");
            if (dice.chance(50)) {
                json.append("\"id\":\"").append(i).append("\",");
            }
            field(dice, json, "from").append(',');
            field(dice, json, "to").append(',');
            field(dice, json, "amount");
            for (String name : List.of("date", "rounding", "scale")) {
                if (dice.chance(10)) {
                    field(dice, json.append(','), name);
                }
            }
            json.append('}');
        }
        return json.append("]}").toString().getBytes(UTF_8);
    }

    private static StringBuilder field(SeededRandom dice, StringBuilder json, String name) {
        // Of a thousand nearly right ones there would be none that is answered whole.
        String value = dice.chance(90) ? FieldValues.right(dice, name) : FieldValues.value(dice, name);
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

    private static byte[] cut(SeededRandom dice, byte[] whole) {
        return Arrays.copyOf(whole, dice.between(0, whole.length - 1));
    }

    private static byte[] mangled(SeededRandom dice, byte[] whole) {
        byte[] mangled = whole.clone();
        for (int i = dice.between(1, 5); i > 0; i--) {
            mangled[dice.between(0, mangled.length - 1)] = dice.chance(50)
                    ? dice.bytes(1)[0]
                    : dice.pick(List.of("{", "}", "[", "]", "\"", ",", ":", "\\", "0"))
                            .getBytes(ISO_8859_1)[0];
        }
        return mangled;
    }
}
