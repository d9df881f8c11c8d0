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
 * A value of a provider's JSON. A number remains the provider's text and is never a double.
 *
 * <p>A field that is missing or of another type causes an {@link UnreadableResponseException}, which names the field and
 * contains none of its content.
 */
public sealed interface JsonValue {

    /** An object, in the order of the text; names are unique. */
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

    /** A number as text. */
    record Digits(String value) implements JsonValue {}

    /** True, false or null. */
    enum Word implements JsonValue {
        TRUE,
        FALSE,
        NULL
    }

    /** Seconds up to the year 5138. */
    Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,11}");

    /**
     * Reads a response.
     *
     * @throws UnreadableResponseException if it is not well-formed, or larger or deeper than a list of rates
     */
    static JsonValue read(byte[] body) throws UnreadableResponseException {
        return JsonReader.read(body);
    }

    /** A field; empty if this is not an object or has no such field. */
    default Optional<JsonValue> find(String name) {
        return this instanceof Fields fields
                ? Optional.ofNullable(fields.byName().get(name))
                : Optional.empty();
    }

    /** The fields of an object in a field. */
    default Map<String, JsonValue> fields(String name) throws UnreadableResponseException {
        if (find(name).orElse(Word.NULL) instanceof Fields fields) {
            return fields.byName();
        }
        throw new UnreadableResponseException("no object \"" + name + "\"");
    }

    /** A string field. */
    default String text(String name) throws UnreadableResponseException {
        if (find(name).orElse(Word.NULL) instanceof Text text) {
            return text.value();
        }
        throw new UnreadableResponseException("no text \"" + name + "\"");
    }

    /** A date field, such as {@code 2026-07-06}. */
    default LocalDate date(String name) throws UnreadableResponseException {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeException e) {
            throw new UnreadableResponseException("\"" + name + "\" is not a date");
        }
    }

    /** A time field, in whole seconds since 1970. */
    default Instant unixTime(String name) throws UnreadableResponseException {
        if (find(name).orElse(Word.NULL) instanceof Digits digits
                && UNIX_SECONDS.matcher(digits.value()).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(digits.value()));
        }
        throw new UnreadableResponseException("no unix time \"" + name + "\"");
    }

    /** The rate in a number or string; empty if this is neither, or not a rate. */
    default Optional<BigDecimal> rate() {
        if (this instanceof Digits digits) {
            return RateText.parse(digits.value());
        }
        return this instanceof Text text ? RateText.parse(text.value()) : Optional.empty();
    }
}
