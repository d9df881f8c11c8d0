package io.ratemesh.converter.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, read strictly: an unknown, doubled or empty one is refused rather than ignored, since
 * whoever sent it meant something by it; empty is what the API's document says may be. So is one that is missing, or not
 * spelled as the document has it.
 */
public final class Query {

    private final Parameters known;
    private final @Nullable String[] values;

    private Query(Parameters known) {
        this.known = known;
        this.values = new String[known.size()];
    }

    /**
     * Reads a query.
     *
     * @param raw what follows the question mark; null where there is none
     * @param known the parameters that may be there
     * @throws ProblemException with {@code bad-parameter} that names the parameter
     */
    public static Query parse(@Nullable String raw, Parameters known) {
        Query query = new Query(known);
        int begin = raw == null || raw.isEmpty() ? 1 : 0;
        int length = raw == null ? 0 : raw.length();
        while (raw != null && begin <= length) {
            int ampersand = raw.indexOf('&', begin);
            int end = ampersand < 0 ? length : ampersand;
            query.add(raw, begin, end);
            begin = end + 1;
        }
        known.checkComplete(query.values);
        return query;
    }

    /**
     * A parameter that has to be there.
     *
     * @param expected what it holds, for the message
     * @throws ProblemException where it is not there
     */
    public String required(String name, String expected) {
        return optional(name).orElseThrow(() -> Parameters.missing(name, expected));
    }

    /** A parameter that may be there. */
    public Optional<String> optional(String name) {
        int index = known.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.ofNullable(values[index]);
    }

    private void add(String raw, int begin, int end) {
        int equals = raw.indexOf('=', begin);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        int index = known.indexIn(raw, begin, nameEnd);
        String name = index < 0 ? decode(raw.substring(begin, nameEnd), "a parameter's name") : "";
        if (index < 0) {
            index = known.indexOf(name);
        }
        if (index < 0) {
            throw Problem.of(
                            ProblemCode.BAD_PARAMETER,
                            "unknown parameter " + Problem.shown(name) + " (expected: " + known + ")")
                    .refusal();
        }
        if (values[index] != null) {
            throw Problem.of(ProblemCode.BAD_PARAMETER, known.name(index) + ": given twice (expected: once)")
                    .refusal();
        }
        String value = decode(raw.substring(Math.min(nameEnd + 1, end), end), known.name(index));
        if (value.isEmpty() && !known.mayBeEmpty(index)) {
            throw Problem.of(ProblemCode.BAD_PARAMETER, known.name(index) + ": empty (expected: a value)")
                    .refusal();
        }
        known.check(index, value);
        values[index] = value;
    }

    private static String decode(String text, String name) {
        return PercentDecoding.decode(text)
                .orElseThrow(() ->
                        Problem.parameter(name, text, "UTF-8, percent-encoded").refusal());
    }
}
