package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Parts of requests that are unusual or invalid, from the resource corpus.json. */
final class FuzzCorpus {

    private static final JsonObject LISTS = read();

    private FuzzCorpus() {}

    /** A list of the corpus, followed by strings that are too long for the file. */
    static List<String> list(String name, String... more) {
        return Stream.concat(LISTS.getJsonArray(name).stream().map(String.class::cast), Arrays.stream(more))
                .toList();
    }

    private static JsonObject read() {
        try (InputStream in = Objects.requireNonNull(FuzzCorpus.class.getResourceAsStream("corpus.json"))) {
            return new JsonObject(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
