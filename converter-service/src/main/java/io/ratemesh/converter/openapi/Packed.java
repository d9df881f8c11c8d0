package io.ratemesh.converter.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** What the build has packed: texts in which settings are named where their values belong. */
final class Packed {

    private Packed() {}

    /** A text as it is. */
    static String text(String name) {
        try (InputStream text = Objects.requireNonNull(Packed.class.getResourceAsStream("packed/" + name), name)) {
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text with the values of settings: where a name stands alone in quotes, a number without them. */
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
