package io.ratemesh.rates.feed;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One value of a provider's JSON. A number stays the text that the provider wrote: a double never comes near a rate.
 *
 * <p>What is asked for and is not there, or is of another kind, is an {@link UnreadableResponseException} that names the
 * field and quotes nothing of its content.
 */
public sealed interface JsonValue {

    /** An object, in the order of its text; no name comes twice. */
    record Fields(Map<String, JsonValue> byName) implements JsonValue {

        public Fields {
            byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        }
    }

    /** An array. */
    record Items(List<JsonValue> values) implements JsonValue {

        public Items {
            values = List.copyOf(values);
        }
    }

    /** A string. */
    record Text(String value) implements JsonValue {}

    /** A number as it was written. */
    record Digits(String value) implements JsonValue {}

    /** True, false or null. */
    enum Word implements JsonValue {
        TRUE,
        FALSE,
        NULL
    }

    /** The seconds of an {@link Instant} that any clock of ours will show. */
    Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,11}");

    /**
     * Reads an answer.
     *
     * @throws UnreadableResponseException where it is not well-formed, or larger or deeper than a list of rates is
     */
    static JsonValue read(byte[] body) throws UnreadableResponseException {
        return JsonReader.read(body);
    }

    /** A field of an object; empty where this is none or has none of that name. */
    default Optional<JsonValue> find(String name) {
        return this instanceof Fields fields
                ? Optional.ofNullable(fields.byName().get(name))
                : Optional.empty();
    }

    /** The fields of the object of that name. */
    default Map<String, JsonValue> fields(String name) throws UnreadableResponseException {
        if (find(name).orElse(Word.NULL) instanceof Fields fields) {
            return fields.byName();
        }
        throw new UnreadableResponseException("no object \"" + name + "\"");
    }

    /** The string of that name. */
    default String text(String name) throws UnreadableResponseException {
        if (find(name).orElse(Word.NULL) instanceof Text text) {
            return text.value();
        }
        throw new UnreadableResponseException("no text \"" + name + "\"");
    }

    /** The date of that name, as {@code 2026-07-06}. */
    default LocalDate date(String name) throws UnreadableResponseException {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeException e) {
            throw new UnreadableResponseException("\"" + name + "\" is no date");
        }
    }

    /** The time of that name, in whole seconds since 1970, to the year 5138. */
    default Instant unixTime(String name) throws UnreadableResponseException {
        if (find(name).orElse(Word.NULL) instanceof Digits digits
                && UNIX_SECONDS.matcher(digits.value()).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(digits.value()));
        }
        throw new UnreadableResponseException("no unix time \"" + name + "\"");
    }

    /** The rate that a number is, or a string of the same digits; empty where this is neither. */
    default Optional<BigDecimal> rate() {
        if (this instanceof Digits digits) {
            return RateText.parse(digits.value());
        }
        return this instanceof Text text ? RateText.parse(text.value()) : Optional.empty();
    }
}
