package io.ratemesh.converter.http;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters that a query may have. */
public final class Parameters {

    /** No parameter is allowed. */
    public static final Parameters NONE = new Parameters(List.of());

    /** The query is not checked: the handler reads it. */
    public static final Parameters UNCHECKED = new Parameters(List.of());

    private final Parameter[] all;
    private final String names;

    /** Parameters in the order in which missing ones are reported. */
    public Parameters(List<Parameter> all) {
        this.all = all.toArray(new Parameter[0]);
        this.names = all.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    /** The error for a parameter that is not one of these. */
    ProblemException unknown(String name) {
        String use = names.isEmpty() ? "; there are none here" : "; use one of " + names;
        return Problem.of(ProblemCode.BAD_PARAMETER, "unknown parameter " + Problem.shown(name) + use)
                .exception();
    }

    int size() {
        return all.length;
    }

    Parameter get(int index) {
        return all[index];
    }

    /** The index of the parameter whose name is a part of a text; -1 when there is none. */
    int indexOf(String text, int begin, int end) {
        for (int i = 0; i < all.length; i++) {
            String name = all[i].name();
            if (name.length() == end - begin && text.startsWith(name, begin)) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the parameter with a name; -1 when there is none. */
    int indexOf(String name) {
        return indexOf(name, 0, name.length());
    }

    /**
     * Checks that all required parameters are present.
     *
     * @throws ProblemException with {@code bad-parameter}
     */
    void checkComplete(@Nullable String[] values) {
        for (int i = 0; i < all.length; i++) {
            if (values[i] == null && all[i].required()) {
                throw all[i].missing();
            }
        }
    }
}
