package io.ratemesh.benchmarks.cluster;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A service in a JVM of its own, on a port of this machine. */
public final class ServiceJvm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 50;

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ServiceJvm(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param jar what it runs
     * @param options of its JVM
     * @param settings as on its command line
     * @param port where its settings say that it listens
     * @param folder where it runs and leaves its log
     */
    public static ServiceJvm start(
            String name, Path jar, List<String> options, List<String> settings, int port, Path folder) {
        List<String> arguments = new ArrayList<>(List.of("-jar", jar.toString(), "--set", "node.name=" + name));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return run(name, options, arguments, port, folder);
    }

    /**
     * Starts a class of the jar that runs this.
     *
     * @param options of its JVM
     * @param arguments of its own
     * @param port where it will listen
     * @param folder where it runs and leaves its log
     */
    public static ServiceJvm startClass(
            String name, Class<?> main, List<String> options, List<String> arguments, int port, Path folder) {
        List<String> all = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        all.addAll(arguments);
        return run(name, options, all, port, folder);
    }

    private static ServiceJvm run(String name, List<String> options, List<String> arguments, int port, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(arguments);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        builder.environment().put("RATEMESH_HOME", folder.toString());
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new ServiceJvm(name, port, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** What it has taken of the machine so far. */
    public ProcessUsage usage() {
        return ProcessUsage.of(process.toHandle());
    }

    /** Waits until a GET of a path is answered with 200. */
    public void awaitAnswer(String path) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(path)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(name + " does not answer " + path + ", see " + log);
            }
            if (waitFor(LOOK_MILLIS)) {
                throw new IllegalStateException(name + " ended by itself, see " + log);
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
        try {
            return get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(metric + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        if (!waitFor(PATIENCE.toMillis())) {
            throw new IllegalStateException(name + " cannot be killed");
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

    /** A new folder for logs. */
    public static Path folder() {
        try {
            return Files.createTempDirectory("ratemesh-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
