package io.ratemesh.converter.openapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compiles the schema of a parameter into a test of its text. A keyword that it does not know stops the start: what the
 * document says and nobody checks would be a lie.
 */
final class Spelling {

    private static final Set<String> SAYS_NOTHING_OF_SPELLING =
            Set.of("type", "description", "default", "x-expected", "items");
    private static final int YEAR_END = 4;
    private static final int MONTH_BEGIN = 5;
    private static final int MONTH_END = 7;
    private static final int DAY_BEGIN = 8;
    private static final int MONTHS = 12;

    private Spelling() {}

    /**
     * Compiles a schema.
     *
     * @param schema without references
     * @throws IllegalArgumentException for a keyword that is not understood
     */
    static Predicate<String> of(JsonObject schema) {
        return switch (schema.getString("type", "")) {
            case "string" -> string(schema);
            case "array" -> list(schema);
            default -> throw new IllegalArgumentException("schema " + schema + " (expected: type string or array)");
        };
    }

    private static Predicate<String> string(JsonObject schema) {
        List<Predicate<String>> tests = new ArrayList<>();
        for (String keyword : schema.fieldNames()) {
            switch (keyword) {
                case "pattern" -> tests.add(Automaton.of(schema.getString(keyword)));
                case "enum" -> tests.add(words(schema.getJsonArray(keyword)));
                case "minLength" -> tests.add(atLeast(schema.getInteger(keyword)));
                case "maxLength" -> tests.add(0, atMost(schema.getInteger(keyword)));
                case "format" -> tests.add(format(schema.getString(keyword)));
                default -> ignore(keyword, schema);
            }
        }
        return all(tests);
    }

    private static Predicate<String> list(JsonObject schema) {
        Predicate<String> item = of(schema.getJsonObject("items"));
        int least = 1;
        int most = Integer.MAX_VALUE;
        boolean unique = false;
        for (String keyword : schema.fieldNames()) {
            switch (keyword) {
                case "minItems" -> least = schema.getInteger(keyword);
                case "maxItems" -> most = schema.getInteger(keyword);
                case "uniqueItems" -> unique = schema.getBoolean(keyword);
                default -> ignore(keyword, schema);
            }
        }
        return new ItemList(item, least, most, unique);
    }

    /** Items with commas between: style form, not exploded. */
    private record ItemList(Predicate<String> item, int least, int most, boolean unique) implements Predicate<String> {

        @Override
        public boolean test(String text) {
            Set<String> seen = new HashSet<>();
            int count = 0;
            int begin = 0;
            while (begin <= text.length()) {
                int comma = text.indexOf(',', begin);
                int end = comma < 0 ? text.length() : comma;
                String one = text.substring(begin, end);
                count++;
                if (count > most || !item.test(one) || (unique && !seen.add(one))) {
                    return false;
                }
                begin = end + 1;
            }
            return count >= least;
        }
    }

    private static Predicate<String> all(List<Predicate<String>> tests) {
        return tests.stream().reduce(Predicate::and).orElse(text -> true);
    }

    private static Predicate<String> words(JsonArray words) {
        Set<String> set = Set.copyOf(words.stream().map(String.class::cast).toList());
        return set::contains;
    }

    private static Predicate<String> atLeast(int characters) {
        return text -> text.length() >= characters;
    }

    private static Predicate<String> atMost(int characters) {
        return text -> text.length() <= characters;
    }

    private static Predicate<String> format(String name) {
        if (!"date".equals(name)) {
            throw new IllegalArgumentException("format " + name + " (expected: date)");
        }
        return Automaton.of("^[0-9]{4}-[0-9]{2}-[0-9]{2}$").and(Spelling::isDayOfCalendar);
    }

    private static boolean isDayOfCalendar(String text) {
        int month = Integer.parseInt(text.substring(MONTH_BEGIN, MONTH_END));
        int day = Integer.parseInt(text.substring(DAY_BEGIN));
        return month >= 1
                && month <= MONTHS
                && day >= 1
                && day
                        <= YearMonth.of(Integer.parseInt(text.substring(0, YEAR_END)), month)
                                .lengthOfMonth();
    }

    private static void ignore(String keyword, JsonObject schema) {
        if (!SAYS_NOTHING_OF_SPELLING.contains(keyword)) {
            throw new IllegalArgumentException("keyword " + keyword + " of " + schema + " is not understood");
        }
    }
}
