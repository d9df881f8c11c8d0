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

/** A server in a process of its own that listens on a port of this machine. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 10;
    private static final long GRACEFUL_STOP_MILLIS = 2000;

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
     * Starts a server.
     *
     * @param command with its arguments
     * @param port that it will listen on
     * @param folder its working folder; its output goes to {@code NAME.log} there
     */
    public static ServerProcess start(String name, List<String> command, int port, Path folder) {
        Path log = folder.resolve(name + ".log");
        return start(name, builder(command, folder).redirectErrorStream(true).redirectOutput(log.toFile()), port, log);
    }

    /** Starts a server whose standard output is its access log, and discards that: only standard error goes to the log. */
    public static ServerProcess startDiscardingOutput(String name, List<String> command, int port, Path folder) {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = builder(command, folder)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile());
        return start(name, builder, port, log);
    }

    private static ProcessBuilder builder(List<String> command, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        builder.environment().put("RATEMESH_HOME", folder.toString());
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        return builder;
    }

    private static ServerProcess start(String name, ProcessBuilder builder, int port, Path log) {
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(process.toHandle())));
            return new ServerProcess(name, port, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills a process and its descendants: nginx's workers outlive a killed master. */
    private static void kill(ProcessHandle process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** The file with the server's output. */
    public Path log() {
        return log;
    }

    public List<String> errorLines() {
        return logLines().stream().filter(line -> line.contains(" ERROR ")).toList();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** CPU time and memory of the server and its descendants. */
    public ProcessUsage usage() {
        return ProcessUsage.ofTree(process.toHandle());
    }

    /**
     * Waits until a GET of a path returns 200.
     *
     * @throws IllegalStateException if the server ends before, or after 60 s
     */
    public void awaitReady(String path) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isOk(path)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " does not respond to " + path + " with 200; see " + log);
            }
            if (waitFor(POLL_MILLIS)) {
                throw new IllegalStateException(name + " has exited; see " + log + lastLogLine());
            }
        }
    }

    /** Ends the server by SIGTERM, and waits. */
    public void terminate() {
        process.destroy();
        awaitEnd();
    }

    /**
     * Waits until the process ends.
     *
     * @throws IllegalStateException if it has not ended after 60 s
     */
    public void awaitEnd() {
        if (!waitFor(TIMEOUT.toMillis())) {
            throw new IllegalStateException(name + " does not end; see " + log);
        }
    }

    /** The number of bytes in the body of a response. */
    public int bodyBytes(String path) {
        return body(path).getBytes(UTF_8).length;
    }

    /** The body of a response, whatever its status. */
    public String body(String path) {
        return body(port, path);
    }

    /** The value of a metric, given with its labels as they are written. */
    public double metric(String metric) {
        return metrics(port).value(metric);
    }

    /** All metrics, from the port that serves them. */
    public ScrapedMetrics metrics(int port) {
        return new ScrapedMetrics(body(port, "/metrics"));
    }

    @Override
    public void close() {
        if (process.descendants().findAny().isPresent()) {
            // A parent must reap its children: the first process of a container may not.
            process.destroy();
            waitFor(GRACEFUL_STOP_MILLIS);
        }
        kill(process.toHandle());
        if (!waitFor(TIMEOUT.toMillis())) {
            throw new IllegalStateException(name + " cannot be killed");
        }
    }

    private String lastLogLine() {
        return logLines().stream()
                .filter(line -> !line.isBlank())
                .reduce((earlier, later) -> later)
                .map(line -> ": " + line)
                .orElse("");
    }

    private List<String> logLines() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOk(String path) {
        try {
            return get(port, path).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String body(int port, String path) {
        try {
            return get(port, path).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(int port, String path) throws IOException {
        try {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(REQUEST_TIMEOUT).build(), BodyHandlers.ofString());
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
