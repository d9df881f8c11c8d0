package io.ratemesh.converter.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, read strictly: an unknown, doubled or empty one is refused rather than ignored, since
 * whoever sent it meant something by it.
 */
public final class Query {

    private static final Query NONE = new Query(List.of(), List.of());

    private final List<String> names;
    private final List<String> values;

    private Query(List<String> names, List<String> values) {
        this.names = names;
        this.values = values;
    }

    /**
     * Reads a query.
     *
     * @param raw what follows the question mark; null where there is none
     * @param known the names that may be there
     * @throws Refusal with {@code bad-parameter} that names the parameter
     */
    public static Query parse(@Nullable String raw, List<String> known) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        List<String> names = new ArrayList<>(known.size());
        List<String> values = new ArrayList<>(known.size());
        int begin = 0;
        while (begin <= raw.length()) {
            int ampersand = raw.indexOf('&', begin);
            int end = ampersand < 0 ? raw.length() : ampersand;
            int equals = raw.indexOf('=', begin);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            String name = decode(raw.substring(begin, nameEnd), "a parameter's name");
            if (!known.contains(name)) {
                throw Problem.of(
                                ProblemCode.BAD_PARAMETER,
                                "unknown parameter " + Problem.shown(name) + " (expected: " + expected(known) + ")")
                        .refusal();
            }
            if (names.contains(name)) {
                throw Problem.of(ProblemCode.BAD_PARAMETER, name + ": given twice (expected: once)")
                        .refusal();
            }
            String value = decode(raw.substring(Math.min(nameEnd + 1, end), end), name);
            if (value.isEmpty()) {
                throw Problem.of(ProblemCode.BAD_PARAMETER, name + ": empty (expected: a value)")
                        .refusal();
            }
            names.add(name);
            values.add(value);
            begin = end + 1;
        }
        return new Query(names, values);
    }

    /**
     * A parameter that has to be there.
     *
     * @param expected what it holds, for the message
     * @throws Refusal where it is not there
     */
    public String required(String name, String expected) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw Problem.of(ProblemCode.BAD_PARAMETER, name + ": missing (expected: " + expected + ")")
                    .refusal();
        }
        return values.get(index);
    }

    /** A parameter that may be there. */
    public Optional<String> optional(String name) {
        int index = names.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(values.get(index));
    }

    private static String decode(String text, String name) {
        return PercentDecoding.decode(text)
                .orElseThrow(() ->
                        Problem.parameter(name, text, "UTF-8, percent-encoded").refusal());
    }

    private static String expected(List<String> known) {
        return known.isEmpty() ? "none" : String.join(", ", known);
    }
}
