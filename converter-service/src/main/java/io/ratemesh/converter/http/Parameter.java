package io.ratemesh.converter.http;

import java.util.function.Predicate;

/**
 * A parameter that a request may have.
 *
 * @param name as it stands in the query, decoded
 * @param required whether it has to be there
 * @param spelling whether a value, decoded and not empty, is spelled as it should be
 * @param expected how it should be, for the message to one who spelled it otherwise
 */
public record Parameter(String name, boolean required, Predicate<String> spelling, String expected) {}
