package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of one process, moved by libfaketime. The monotonic clock, which timers follow, goes on: so does a machine whose
 * clock is set.
 */
final class ChaosClock {

    private static final String RIGHT = "+0";
    private static final Optional<Path> LIBRARY = find();

    private final Path file;

    ChaosClock(Path file) {
        this.file = file;
        set(RIGHT);
    }

    static boolean isAvailable() {
        return LIBRARY.isPresent();
    }

    /** The words before a command whose clock this is. */
    List<String> prefix() {
        return LIBRARY.map(library -> List.of(
                        "env",
                        "LD_PRELOAD=" + library,
                        "FAKETIME_TIMESTAMP_FILE=" + file,
                        "FAKETIME_DONT_FAKE_MONOTONIC=1",
                        "DONT_FAKE_MONOTONIC=1",
                        "FAKETIME_CACHE_DURATION=1"))
                .orElse(List.of());
    }

    /**
     * Sets the clock.
     *
     * @param offset from the true time, as {@code +1h}
     * @return sets it right
     */
    Runnable jump(String offset) {
        set(offset);
        return () -> set(RIGHT);
    }

    private void set(String offset) {
        try {
            Files.writeString(file, offset + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where Debian's package puts it, whatever the architecture; as root, installs it if it is missing. */
    private static Optional<Path> find() {
        try {
            new Program("faketime", "faketime").require();
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
