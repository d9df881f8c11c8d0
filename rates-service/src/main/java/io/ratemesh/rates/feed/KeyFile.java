package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file whose first line is a key, such as a secret mounted into a container. */
final class KeyFile {

    private static final int MAX_BYTES = 4_096;

    private KeyFile() {}

    /** Reads the key; empty if the file cannot be read, is longer than 4 KiB, or starts with an empty line. */
    static Optional<Secret> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                return Optional.empty();
            }
            String key =
                    new String(content, UTF_8).lines().findFirst().orElse("").strip();
            return Optional.of(key).filter(found -> !found.isEmpty()).map(Secret::new);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
