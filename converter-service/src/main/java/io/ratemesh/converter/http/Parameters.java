package io.ratemesh.converter.http;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters that a request may have: those of an operation of the API's document, compiled once at the start. */
public final class Parameters {

    /** No parameter may be there. */
    public static final Parameters NONE = new Parameters(List.of());

    private final Parameter[] all;
    private final String names;

    /** Parameters in the order in which a missing one is told. */
    public Parameters(List<Parameter> all) {
        this.all = all.toArray(new Parameter[0]);
        this.names = all.isEmpty() ? "none" : all.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    /** Their names with commas between, {@code none} for none: for messages to people. */
    @Override
    public String toString() {
        return names;
    }

    int size() {
        return all.length;
    }

    String name(int index) {
        return all[index].name();
    }

    boolean mayBeEmpty(int index) {
        return all[index].mayBeEmpty();
    }

    /** Where the name in a part of a query stands here; -1 where it does not. */
    int indexIn(String raw, int begin, int end) {
        for (int i = 0; i < all.length; i++) {
            String name = all[i].name();
            if (name.length() == end - begin && raw.startsWith(name, begin)) {
                return i;
            }
        }
        return -1;
    }

    /** Where a name stands here; -1 where it does not. */
    int indexOf(String name) {
        return indexIn(name, 0, name.length());
    }

    /**
     * Checks how a value is spelled.
     *
     * @throws ProblemException with {@code bad-parameter}
     */
    void check(int index, String value) {
        Parameter parameter = all[index];
        if (!parameter.spelling().test(value)) {
            throw Problem.parameter(parameter.name(), value, parameter.expected())
                    .refusal();
        }
    }

    /**
     * Checks that all are there that have to be.
     *
     * @throws ProblemException with {@code bad-parameter}
     */
    void checkComplete(@Nullable String[] values) {
        for (int i = 0; i < all.length; i++) {
            if (values[i] == null && all[i].required()) {
                throw missing(all[i].name(), all[i].expected());
            }
        }
    }

    static ProblemException missing(String name, String expected) {
        return Problem.of(ProblemCode.BAD_PARAMETER, name + ": missing (expected: " + expected + ")")
                .refusal();
    }
}
