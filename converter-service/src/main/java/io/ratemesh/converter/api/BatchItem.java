package io.ratemesh.converter.api;

import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import java.util.Map;
import java.util.Optional;

/**
 * One conversion of a batch, as it was sent.
 *
 * @param fields what it says, by name; the values are not checked yet
 */
record BatchItem(Map<String, String> fields) {

    static final String ID = "id";

    BatchItem {
        fields = Map.copyOf(fields);
    }

    /** What the answer is to be told apart by. */
    Optional<String> id() {
        return Optional.ofNullable(fields.get(ID));
    }

    /**
     * The value of a field.
     *
     * @throws ProblemException with {@code bad-parameter} for an empty one, as in a query
     */
    Optional<String> value(String name) {
        String value = fields.get(name);
        if (value != null && value.isEmpty()) {
            throw Problem.of(ProblemCode.BAD_PARAMETER, name + ": empty (expected: a value)")
                    .refusal();
        }
        return Optional.ofNullable(value);
    }
}
