package io.ratemesh.converter.http;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a request's parameters. An unknown, repeated, empty, missing or invalid one is rejected rather than ignored:
 * a client that sends it would get a response to another request than it meant.
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
     * @param raw the text after the question mark; null when there is none
     * @param known the parameters that it may have
     * @throws ProblemException with {@code bad-parameter} that names the parameter
     */
    public static Query parse(@Nullable String raw, Parameters known) {
        Query query = new Query(known);
        if (raw != null && !raw.isEmpty() && known != Parameters.UNCHECKED) {
            int begin = 0;
            while (begin <= raw.length()) {
                int ampersand = raw.indexOf('&', begin);
                int end = ampersand < 0 ? raw.length() : ampersand;
                query.add(raw, begin, end);
                begin = end + 1;
            }
        }
        known.checkComplete(query.values);
        return query;
    }

    /**
     * Reads values from elsewhere than a query. Unknown names are ignored.
     *
     * @throws ProblemException with {@code bad-parameter} that names the parameter
     */
    public static Query of(Map<String, String> values, Parameters known) {
        Query query = new Query(known);
        for (int i = 0; i < known.size(); i++) {
            String value = values.get(known.get(i).name());
            if (value != null) {
                query.set(i, value);
            }
        }
        known.checkComplete(query.values);
        return query;
    }

    /** The value of a required parameter, or of one that {@link #optional} has found. */
    public String get(String name) {
        return optional(name).orElseThrow();
    }

    /** The value of an optional parameter. */
    public Optional<String> optional(String name) {
        int index = known.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.ofNullable(values[index]);
    }

    /** The error for a parameter whose value is present and not valid. */
    public ProblemException invalid(String name) {
        return known.get(known.indexOf(name)).invalid(get(name));
    }

    private void add(String raw, int begin, int end) {
        int equals = raw.indexOf('=', begin);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        int index = known.indexOf(raw, begin, nameEnd);
        if (index < 0) {
            String name = decode(raw.substring(begin, nameEnd), "a parameter's name");
            index = known.indexOf(name);
            if (index < 0) {
                throw known.unknown(name);
            }
        }
        Parameter parameter = known.get(index);
        if (values[index] != null) {
            throw Problem.of(ProblemCode.BAD_PARAMETER, parameter.name() + ": given more than once; give it once")
                    .exception();
        }
        set(index, decode(raw.substring(Math.min(nameEnd + 1, end), end), parameter.name()));
    }

    private void set(int index, String value) {
        Parameter parameter = known.get(index);
        if (value.isEmpty() && !parameter.mayBeEmpty()) {
            throw parameter.empty();
        }
        if (!parameter.schema().test(value)) {
            throw parameter.invalid(value);
        }
        values[index] = value;
    }

    private static String decode(String text, String name) {
        return PercentDecoding.decode(text)
                .orElseThrow(() -> Problem.parameter(name, text, "percent-encoding", "UTF-8, percent-encoded")
                        .exception());
    }
}
