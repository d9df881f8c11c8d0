package io.ratemesh.benchmarks.results;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Objects;

/** A JSON file with the results of a run. */
public final class ResultsFile {

    private static final String HINT = "; use a file that ./ratemesh bench all --results FILE has written";

    private ResultsFile() {}

    /** Writes results, and creates the folder. */
    public static void write(Path file, RunResults results) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            Files.writeString(file, ResultsJson.encode(results).encodePrettily() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads results.
     *
     * @throws IllegalArgumentException if there is no such file, or it has no results of this version; the message says which
     */
    public static RunResults read(Path file) {
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            if (!(json.getValue(ResultsJson.SCHEMA) instanceof Number schema)) {
                throw new IllegalArgumentException(ResultsJson.SCHEMA + " is missing");
            }
            if (schema.intValue() != ResultsJson.VERSION) {
                throw new IllegalArgumentException(
                        "version " + schema + " of the results; this release reads version " + ResultsJson.VERSION);
            }
            return ResultsJson.decode(json);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + " is missing" + HINT, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage() + HINT, e);
        } catch (DecodeException e) {
            throw new IllegalArgumentException(file + " is not JSON: " + e.getMessage() + HINT, e);
        } catch (IllegalArgumentException | ClassCastException | DateTimeException e) {
            throw new IllegalArgumentException(file + " has no valid results: " + e.getMessage() + HINT, e);
        }
    }
}
