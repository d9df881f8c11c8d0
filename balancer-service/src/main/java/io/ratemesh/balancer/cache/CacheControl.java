package io.ratemesh.balancer.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The directives of {@code Cache-Control} (RFC 9111 §5.2). */
public final class CacheControl {

    private static final CacheControl NONE = new CacheControl(Map.of());

    /** More digits than any number of seconds needs. */
    private static final int MAX_DIGITS = 10;

    private final Map<String, String> directives;

    private CacheControl(Map<String, String> directives) {
        this.directives = directives;
    }

    /** Parses all values of the field. Of a directive that is there twice with different arguments none is valid. */
    public static CacheControl of(List<String> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        Map<String, String> directives = new HashMap<>();
        values.forEach(value -> parse(value, directives));
        return new CacheControl(directives);
    }

    /** Whether there is a directive of this name, in lower case, with or without an argument. */
    public boolean has(String directive) {
        return directives.containsKey(directive);
    }

    /** Whether there is a directive with an argument. */
    boolean hasArgument(String directive) {
        return !directives.getOrDefault(directive, "").isEmpty();
    }

    /** The seconds of a directive; empty where it is missing, 0 where its argument is invalid. */
    OptionalLong seconds(String directive) {
        String argument = directives.get(directive);
        if (argument == null) {
            return OptionalLong.empty();
        }
        boolean number = !argument.isEmpty() && argument.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return OptionalLong.of(0);
        }
        return OptionalLong.of(argument.length() > MAX_DIGITS ? Integer.MAX_VALUE : Long.parseLong(argument));
    }

    private static void parse(String value, Map<String, String> directives) {
        int at = 0;
        while (at < value.length()) {
            int nameEnd = at;
            while (nameEnd < value.length() && value.charAt(nameEnd) != ',' && value.charAt(nameEnd) != '=') {
                nameEnd++;
            }
            String name = value.substring(at, nameEnd).strip().toLowerCase(Locale.ROOT);
            int end = nameEnd;
            String argument = "";
            if (end < value.length() && value.charAt(end) == '=') {
                end = argumentEnd(value, end + 1);
                argument = unquoted(value.substring(nameEnd + 1, end).strip());
            }
            if (!name.isEmpty()) {
                directives.merge(name, argument, (one, other) -> one.equals(other) ? one : "");
            }
            at = end + 1;
        }
    }

    /** The next comma that is not in a quoted string. */
    private static int argumentEnd(String value, int from) {
        boolean quoted = false;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return value.length();
    }

    private static String unquoted(String argument) {
        boolean quoted = argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
        return quoted ? argument.substring(1, argument.length() - 1) : argument;
    }
}
