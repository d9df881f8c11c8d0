package io.ratemesh.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A service's command line that ends by itself.
 *
 * @param exitCode what the shell sees
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int exitCode, String out, String err) {

    private static final long PATIENCE_SECONDS = 60;

    /** Runs it to its end; one that does not end is killed, and that is a failure. */
    public static CommandRun of(ServiceJar jar, String... arguments) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Workspace.target()), "command-");
            Path out = folder.resolve("out.txt");
            Path err = folder.resolve("err.txt");
            Process process = JavaCommand.of(jar, folder, List.of(arguments))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(String.join(" ", arguments) + " did not end, see " + folder);
                }
            } finally {
                process.destroyForcibly();
            }
            return new CommandRun(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
