package io.ratemesh.converter.openapi;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compiles the schema of a parameter into a test of its text. A keyword that is not supported stops the start: the document
 * must not promise a check that is not made. A pattern must be anchored and have a {@code maxLength}, which is checked first:
 * so a long value costs no time. The test is for one thread: that of the event loop whose routes it belongs to.
 */
final class ParameterSchema {

    private static final Set<String> ANNOTATIONS =
            Set.of("type", "description", "default", "items", "x-kind", "x-expected");
    private static final int DATE_LENGTH = "2026-04-12".length();

    private ParameterSchema() {}

    /**
     * Compiles a schema.
     *
     * @param schema without references
     * @throws IllegalArgumentException for a keyword that is not supported, or a pattern that is not bounded
     */
    static Predicate<String> compile(JsonObject schema) {
        return switch (schema.getString("type", "")) {
            case "string" -> string(schema);
            case "array" -> list(schema);
            default ->
                throw new IllegalArgumentException("schema " + schema + ": unsupported type; use string or array");
        };
    }

    private static Predicate<String> string(JsonObject schema) {
        List<Predicate<String>> tests = new ArrayList<>();
        for (String keyword : schema.fieldNames()) {
            switch (keyword) {
                case "pattern" -> tests.add(pattern(schema));
                case "enum" -> {
                    Set<Object> words = schema.getJsonArray(keyword).stream().collect(Collectors.toUnmodifiableSet());
                    tests.add(words::contains);
                }
                case "minLength" -> {
                    int least = schema.getInteger(keyword);
                    tests.add(text -> text.length() >= least);
                }
                case "maxLength" -> {
                    int most = schema.getInteger(keyword);
                    tests.add(0, text -> text.length() <= most);
                }
                case "format" -> tests.add(format(schema.getString(keyword)));
                default -> checkAnnotation(keyword, schema);
            }
        }
        return tests.stream().reduce(Predicate::and).orElse(text -> true);
    }

    private static Predicate<String> pattern(JsonObject schema) {
        String pattern = schema.getString("pattern");
        if (!pattern.startsWith("^") || !pattern.endsWith("$")) {
            throw new IllegalArgumentException("pattern " + pattern + ": not anchored; begin with ^ and end with $");
        }
        if (!schema.containsKey("maxLength")) {
            throw new IllegalArgumentException("pattern " + pattern + ": unbounded; add maxLength to the schema");
        }
        // Reused: a new one for each value of each request costs a conversion some per cent.
        Matcher matcher = Pattern.compile(pattern).matcher("");
        return text -> matcher.reset(text).matches();
    }

    private static Predicate<String> format(String name) {
        if (!"date".equals(name)) {
            throw new IllegalArgumentException("format " + name + ": unsupported; use date");
        }
        return ParameterSchema::isDate;
    }

    private static boolean isDate(String text) {
        try {
            return text.length() == DATE_LENGTH && LocalDate.parse(text).getYear() >= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Predicate<String> list(JsonObject schema) {
        Predicate<String> item = compile(schema.getJsonObject("items"));
        int least = 1;
        int most = Integer.MAX_VALUE;
        boolean unique = false;
        for (String keyword : schema.fieldNames()) {
            switch (keyword) {
                case "minItems" -> least = schema.getInteger(keyword);
                case "maxItems" -> most = schema.getInteger(keyword);
                case "uniqueItems" -> unique = schema.getBoolean(keyword);
                default -> checkAnnotation(keyword, schema);
            }
        }
        return new ItemList(item, least, most, unique);
    }

    private static void checkAnnotation(String keyword, JsonObject schema) {
        if (!ANNOTATIONS.contains(keyword)) {
            throw new IllegalArgumentException("schema " + schema + ": unsupported keyword " + keyword);
        }
    }

    /** Items separated by commas (style form, not exploded). */
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
}
