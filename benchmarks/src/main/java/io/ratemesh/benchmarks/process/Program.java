package io.ratemesh.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * A program that a run needs.
 *
 * @param name of its file
 * @param debianPackage that has it
 */
public record Program(String name, String debianPackage) {

    /** Where servers lie; a user's PATH on Debian leaves them out. */
    private static final List<String> SERVER_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private static final Program INSTALLER = new Program("apt-get", "apt");

    /**
     * Where it lies; on Debian it is installed first where it is missing, by root.
     *
     * @throws IllegalStateException with how to get it, where it is not to be had
     */
    public Path require() {
        return find().or(this::install).orElseThrow(this::missing);
    }

    IllegalStateException missing() {
        return new IllegalStateException(name + " is missing; install it (Debian, as root: apt-get install "
                + debianPackage + "; elsewhere by your system's packages)");
    }

    /**
     * What it prints when it is run to its end.
     *
     * @throws IllegalStateException where it cannot be run
     */
    public String output(String... arguments) {
        return output(Stream.concat(Stream.of(require().toString()), Arrays.stream(arguments))
                .toList());
    }

    Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), SERVER_FOLDERS.stream())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Optional<Path> install() {
        Optional<Path> installer = INSTALLER.find();
        if (installer.isEmpty() || !System.getProperty("user.name").equals("root")) {
            return Optional.empty();
        }
        System.out.println(name + " is missing; installing Debian's package " + debianPackage);
        ProcessBuilder builder = new ProcessBuilder(
                        installer.get().toString(), "-q", "-y", "install", "--no-install-recommends", debianPackage)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        // Only the program is wanted: invoke-rc.d starts no service where it is told that the machine is going down.
        builder.environment().put("RUNLEVEL", "0");
        try {
            wait(builder.start());
        } catch (IOException e) {
            throw new IllegalStateException(installer.get() + " cannot be run: " + e.getMessage(), e);
        }
        return find();
    }

    static String output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            wait(process);
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(command.get(0) + " cannot be run: " + e.getMessage(), e);
        }
    }

    private static void wait(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
