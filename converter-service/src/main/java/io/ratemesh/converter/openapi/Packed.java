package io.ratemesh.converter.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** Texts that the build has packed, with placeholders for settings. */
final class Packed {

    private Packed() {}

    /** A text with its placeholders. */
    static String text(String name) {
        try (InputStream text = Objects.requireNonNull(Packed.class.getResourceAsStream("packed/" + name), name)) {
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text with the values of settings. A placeholder alone in quotes becomes a number. */
    static String text(String name, Map<String, Integer> settings) {
        String text = text(name);
        for (Map.Entry<String, Integer> setting : settings.entrySet()) {
            String value = String.valueOf(setting.getValue());
            String place = '{' + setting.getKey() + '}';
            text = text.replace('"' + place + '"', value).replace(place, value);
        }
        return text;
    }
}
