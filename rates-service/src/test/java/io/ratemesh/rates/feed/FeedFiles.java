package io.ratemesh.rates.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The providers' files among the test resources. */
final class FeedFiles {

    private FeedFiles() {}

    static byte[] read(String name) {
        try (InputStream in = Objects.requireNonNull(FeedFiles.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
