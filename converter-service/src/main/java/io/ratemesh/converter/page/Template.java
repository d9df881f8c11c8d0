package io.ratemesh.converter.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of this package with places to fill, as {@code {{title}}}. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    /** Reads a template that the jar has. */
    static Template read(String name) {
        return new Template(text(name));
    }

    /** Reads a text that the jar has. */
    static String text(String name) {
        try (InputStream bytes = Objects.requireNonNull(Template.class.getResourceAsStream(name), name)) {
            return new String(bytes.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /**
     * Fills all places, in one pass: what is filled in is not looked at again.
     *
     * @param values by place, each safe where it goes
     * @throws NullPointerException where one is missing
     */
    String filled(Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        Objects.requireNonNull(values.get(place.group(1)), () -> "nothing for " + place.group())));
    }
}
