package io.ratemesh.converter.http;

import java.util.function.Predicate;

/**
 * A parameter that a request may have.
 *
 * @param name as it stands in the query, decoded
 * @param required whether it has to be there
 * @param spelling whether a value, decoded and not empty, is spelled as it should be
 * @param expected how it should be, for the message to one who spelled it otherwise
 * @param mayBeEmpty whether an empty value is a value too, and not refused
 */
public record Parameter(
        String name, boolean required, Predicate<String> spelling, String expected, boolean mayBeEmpty) {

    /** One that is not empty. */
    public Parameter(String name, boolean required, Predicate<String> spelling, String expected) {
        this(name, required, spelling, expected, false);
    }
}
