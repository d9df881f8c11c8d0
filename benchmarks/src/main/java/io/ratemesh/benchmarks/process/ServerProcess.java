package io.ratemesh.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, on a port of this machine. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 50;
    private static final long PARTING_MILLIS = 2000;

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ServerProcess(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param command with its arguments
     * @param port where it will listen
     * @param folder where it runs and leaves what it says, as {@code NAME.log}
     */
    public static ServerProcess start(String name, List<String> command, int port, Path folder) {
        Path log = folder.resolve(name + ".log");
        return run(name, builder(command, folder).redirectErrorStream(true).redirectOutput(log.toFile()), port, log);
    }

    /** The same, of one that writes its access log to its standard output: that goes to {@code /dev/null}. */
    public static ServerProcess startUnheard(String name, List<String> command, int port, Path folder) {
        Path log = folder.resolve(name + ".log");
        return run(
                name,
                builder(command, folder)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(log.toFile()),
                port,
                log);
    }

    private static ProcessBuilder builder(List<String> command, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        builder.environment().put("RATEMESH_HOME", folder.toString());
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        return builder;
    }

    private static ServerProcess run(String name, ProcessBuilder builder, int port, Path log) {
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process.toHandle())));
            return new ServerProcess(name, port, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With those that it has started: nginx's workers outlive a master that is killed. */
    private static void kill(ProcessHandle process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    public int port() {
        return port;
    }

    /** What it has said so far. */
    public Path log() {
        return log;
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** What it and those that it started have taken of the machine so far. */
    public ProcessUsage usage() {
        return ProcessUsage.ofAll(process.toHandle());
    }

    /** Waits until a GET of a path is answered with 200. */
    public void awaitAnswer(String path) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(path)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(name + " does not answer " + path + ", see " + log);
            }
            if (waitFor(LOOK_MILLIS)) {
                throw new IllegalStateException(name + " ended by itself, see " + log + lastWords());
            }
        }
    }

    /** How long the body is with which a GET is answered, in bytes. */
    public int bodyBytes(String path) {
        try {
            return get(path).body().getBytes(UTF_8).length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of a metric, with its labels as they are written; of one without labels by its name alone. */
    public double metric(String metric) {
        return metrics(port).value(metric);
    }

    /** All of its metrics, by a port that it has them on. */
    public Metrics metrics(int port) {
        try {
            return new Metrics(get(port, "/metrics").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.descendants().findAny().isPresent()) {
            // What it started is its own to end and to reap: a container's first process may reap nobody.
            process.destroy();
            waitFor(PARTING_MILLIS);
        }
        kill(process.toHandle());
        if (!waitFor(PATIENCE.toMillis())) {
            throw new IllegalStateException(name + " cannot be killed");
        }
    }

    private String lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .map(line -> ": " + line)
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers(String path) {
        try {
            return get(path).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        return get(port, path);
    }

    private HttpResponse<String> get(int port, String path) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private boolean waitFor(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
