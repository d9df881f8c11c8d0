package io.ratemesh.converter.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of this package with placeholders such as {@code {{title}}}. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    static Template read(String name) {
        return new Template(text(name));
    }

    static String text(String name) {
        try (InputStream bytes = Objects.requireNonNull(Template.class.getResourceAsStream(name), name)) {
            return new String(bytes.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /**
     * Replaces all placeholders in one pass: the values are not searched for more.
     *
     * @param values by placeholder, already escaped
     * @throws NullPointerException when one is missing
     */
    String filled(Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        Objects.requireNonNull(values.get(place.group(1)), () -> "no value for " + place.group())));
    }
}
