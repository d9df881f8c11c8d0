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
 * A program that a benchmark needs, or a module of nginx.
 *
 * @param name of its file
 * @param debianPackage that contains it
 */
public record Program(String name, String debianPackage) {

    /** Folders of server programs, which are not in a user's PATH on Debian. */
    private static final List<String> SERVER_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private static final Path NGINX_MODULES = Path.of("/usr/lib/nginx/modules");
    private static final String MODULE = ".so";

    private static final Program SHELL = new Program("sh", "dash");
    private static final Program INSTALLER = new Program("apt-get", "apt");

    /**
     * Finds the program. On Debian, as root, installs it if it is missing.
     *
     * @throws IllegalStateException if it is missing, with how to install it
     */
    public Path require() {
        return find().or(this::install).orElseThrow(this::missing);
    }

    IllegalStateException missing() {
        return new IllegalStateException(name + " is missing; install it (Debian, as root: apt-get install "
                + debianPackage + "; elsewhere with your system's package manager)");
    }

    /**
     * Runs the program to its end and returns its output.
     *
     * @throws IllegalStateException if it cannot be run
     */
    public String output(String... arguments) {
        return output(Stream.concat(Stream.of(require().toString()), Arrays.stream(arguments))
                .toList());
    }

    /** Sends a process a signal, such as {@code HUP}. */
    public static void signal(long pid, String signal) {
        SHELL.output("-c", "kill -" + signal + " " + pid);
    }

    Optional<Path> find() {
        if (name.endsWith(MODULE)) {
            return Optional.of(NGINX_MODULES.resolve(name)).filter(Files::isReadable);
        }
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
        ProgressLine.print(name + " is missing; installing the Debian package " + debianPackage);
        ProcessBuilder builder = new ProcessBuilder(
                        installer.get().toString(), "-q", "-y", "install", "--no-install-recommends", debianPackage)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        // In runlevel 0, a shutdown, invoke-rc.d starts no service: only the program is needed.
        builder.environment().put("RUNLEVEL", "0");
        try {
            waitFor(builder.start());
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
            waitFor(process);
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(command.get(0) + " cannot be run: " + e.getMessage(), e);
        }
    }

    private static void waitFor(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
