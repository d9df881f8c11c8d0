package io.ratemesh.systemtests.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program of this machine.
 *
 * @param name as a shell calls it
 * @param debianPackage that brings it
 */
public record Program(String name, String debianPackage) {

    private static final List<String> USUAL_PLACES =
            List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin");

    /** Where it is, if it is installed. */
    public Optional<Path> find() {
        return USUAL_PLACES.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** How to get it. */
    public String advice() {
        return name + " is not installed: ./ratemesh test installs it on Debian as root (apt-get install "
                + debianPackage + ")";
    }

    /** Starts it; its standard output is to be read, its errors go to a file. */
    public Process start(Path errors, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(find().orElseThrow(() -> new AssertionError(advice())).toString());
        Stream.of(arguments).forEach(command::add);
        try {
            return new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
