package io.ratemesh.benchmarks.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.benchmarks.process.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;

/** A cluster that {@code ./ratemesh up} started, with simulated rates and one converter. */
final class LaunchedCluster implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Path project;
    private final Path home;
    private final int port = FreePorts.next();
    private final int statsPort = FreePorts.next();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Starts it and waits until it serves.
     *
     * @param settings {@code balancer}, as YAML
     */
    LaunchedCluster(Path project, Path home, String settings) {
        this.project = project;
        this.home = home;
        try {
            Path file = Files.writeString(
                    home.resolve("settings.yaml"),
                    "cluster: {port: " + FreePorts.next() + "}\nbalancer: " + settings + "\n");
            launcher(
                    "up",
                    "--detach",
                    "--demo",
                    "--converters",
                    "1",
                    "--port",
                    String.valueOf(port),
                    "--stats-port",
                    String.valueOf(statsPort),
                    "--config",
                    file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** {@code scaler} in the statistics. */
    JsonObject scaler() {
        try {
            String password = Files.readString(home.resolve("admin-password")).strip();
            String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(UTF_8));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + statsPort + "/stats.json"))
                    .header("Authorization", "Basic " + credentials)
                    .timeout(TIMEOUT)
                    .build();
            return new JsonObject(client.send(request, BodyHandlers.ofString()).body()).getJsonObject("scaler");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        launcher("down");
    }

    private void launcher(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dratemesh.project=" + project,
                "-jar",
                project.resolve("launcher/target/launcher.jar").toString()));
        command.addAll(List.of(arguments));
        Path log = home.resolve("launcher.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        builder.environment().put("RATEMESH_HOME", home.toString());
        try {
            if (builder.start().waitFor() != 0) {
                throw new IllegalStateException("./ratemesh " + arguments[0] + " failed: "
                        + Files.readString(log).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
