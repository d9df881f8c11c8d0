package io.ratemesh.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.systemtests.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Figures that a test measured on the way, in {@code target/measured.txt} and in the build's log. */
final class Measured {

    private Measured() {}

    static void note(String what, Duration howLong) {
        note(what, howLong.toMillis() + " ms");
    }

    static void note(String what, String value) {
        String line = "measured: " + what + ": " + value;
        System.out.println(line);
        try {
            Path file = Workspace.target().resolve("measured.txt");
            Files.writeString(file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
