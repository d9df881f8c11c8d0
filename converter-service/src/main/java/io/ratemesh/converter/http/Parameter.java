package io.ratemesh.converter.http;

import java.util.function.Predicate;

/**
 * A parameter of a query.
 *
 * @param name decoded
 * @param schema whether a decoded, non-empty value is valid
 * @param kind what a value is, for error messages: "amount"
 * @param expected which values are valid, for error messages: "digits with an optional decimal point"
 */
public record Parameter(
        String name, boolean required, boolean mayBeEmpty, Predicate<String> schema, String kind, String expected) {

    /** The error for a value that is not valid. */
    public ProblemException invalid(String value) {
        return Problem.parameter(name, value, kind, expected).exception();
    }

    ProblemException missing() {
        return Problem.of(ProblemCode.BAD_PARAMETER, name + ": missing; use " + expected)
                .exception();
    }

    ProblemException empty() {
        return Problem.of(ProblemCode.BAD_PARAMETER, name + ": empty; give a value or leave it out")
                .exception();
    }
}
