package io.ratemesh.benchmarks.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Configurations of servers: resources with placeholders such as <code>{{port}}</code>. */
final class ConfigTemplate {

    private ConfigTemplate() {}

    /** Replaces the placeholders of a resource. */
    static String fill(String resource, Map<String, ?> values) {
        String text = read(resource);
        for (Map.Entry<String, ?> entry : values.entrySet()) {
            text = text.replace("{{" + entry.getKey() + "}}", String.valueOf(entry.getValue()));
        }
        return text;
    }

    /** Formats each item as a line. */
    static String lines(List<?> items, String format) {
        return items.stream().map(item -> String.format(format, item)).collect(Collectors.joining("\n"));
    }

    /** Writes a configuration and returns its path. */
    static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(ConfigTemplate.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
