package io.ratemesh.balancer.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts converters on this machine with the launcher of {@code ./ratemesh}, so that they have its options, logs and records. Its
 * command line is in a file of the home, which only the owner can write; the only arguments added are a number or the id of a node.
 */
final class LocalLauncher implements NodeLauncher {

    /** The file in the home: one argument a line. */
    static final String FILE = "launcher-command";

    private static final int BUSY = 3;
    private static final long TIMEOUT_SECONDS = 30;
    private static final String ID = "[A-Za-z0-9._-]{1,63}";

    private final Vertx vertx;
    private final Path home;
    private final Path file;

    LocalLauncher(Vertx vertx, Path home) {
        this.vertx = vertx;
        this.home = home;
        this.file = home.resolve(FILE);
    }

    @Override
    public Optional<String> unavailable() {
        return Files.isRegularFile(file)
                ? Optional.empty()
                : Optional.of("this balancer was not started by ./ratemesh up, so it cannot start converters");
    }

    @Override
    public Future<List<String>> launch(int count) {
        return run("launch-converters", String.valueOf(count))
                .map(lines -> lines.stream()
                        .map(String::strip)
                        .filter(line -> line.matches("converter-\\d+"))
                        .toList());
    }

    @Override
    public Future<Void> retire(String id) {
        return id.matches(ID) ? run("retire-converter", id).mapEmpty() : Future.succeededFuture();
    }

    private Future<List<String>> run(String command, String argument) {
        return vertx.executeBlocking(() -> output(command, argument));
    }

    private List<String> output(String command, String argument) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(Files.readAllLines(file));
        line.add(command);
        line.add(argument);
        Path output = Files.createTempFile(home, "launcher", ".out");
        try {
            ProcessBuilder launcher =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
            launcher.environment().put("RATEMESH_HOME", home.toAbsolutePath().toString());
            Process process = launcher.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the launcher did not end within " + TIMEOUT_SECONDS + " s");
            }
            List<String> lines = Files.readString(output, UTF_8).lines().toList();
            if (process.exitValue() == BUSY) {
                throw new LauncherBusyException();
            }
            if (process.exitValue() != 0) {
                throw new IOException("the launcher ended with exit code " + process.exitValue()
                        + (lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1)));
            }
            return lines;
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
