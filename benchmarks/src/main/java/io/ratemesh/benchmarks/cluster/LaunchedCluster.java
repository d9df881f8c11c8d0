package io.ratemesh.benchmarks.cluster;

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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A cluster that {@code ./ratemesh up} has started, with simulated rates, and ports and a home of its own. */
public final class LaunchedCluster implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ServiceBuild services;
    private final Path home;
    private final int port = FreePorts.next();
    private final int statsPort = FreePorts.next();
    private final int clusterPort = FreePorts.next();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LaunchedCluster(ServiceBuild services, Path home) {
        this.services = services;
        this.home = home;
    }

    /**
     * Starts one. Returns as soon as a conversion was served.
     *
     * @param home the folder for its state and logs
     */
    public static LaunchedCluster up(ServiceBuild services, Path home, int converters) {
        LaunchedCluster cluster = new LaunchedCluster(services, home);
        cluster.ratemesh(
                "up",
                "--demo",
                "--detach",
                "--converters",
                String.valueOf(converters),
                "--port",
                String.valueOf(cluster.port),
                "--stats-port",
                String.valueOf(cluster.statsPort));
        return cluster;
    }

    /** The port of the front door. */
    public int port() {
        return port;
    }

    /** {@code /stats.json}. */
    public JsonObject stats() {
        try {
            String password = Files.readString(home.resolve("admin-password")).strip();
            String credentials = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(UTF_8));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + statsPort + "/stats.json"))
                    .header("Authorization", "Basic " + credentials)
                    .timeout(TIMEOUT)
                    .build();
            return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Restarts all converters, one after the other. */
    public void restartConverters() {
        ratemesh("restart", "converter");
    }

    @Override
    public void close() {
        ratemesh("down");
    }

    private void ratemesh(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(services.project().resolve("ratemesh").toString()));
        command.addAll(List.of(arguments));
        Path log = home.resolve("bench-" + arguments[0] + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        environment.put("RATEMESH_HOME", home.toString());
        environment.put("RATEMESH_BALANCER_HTTP_BIND", "127.0.0.1");
        // Other clusters on the default port would be asked first, which takes time.
        environment.put("RATEMESH_CLUSTER_PORT", String.valueOf(clusterPort));
        services.settings().forEach(setting -> {
            String[] keyAndValue = setting.split("=", 2);
            environment.put(variable(keyAndValue[0]), keyAndValue[keyAndValue.length - 1]);
        });
        try {
            if (builder.start().waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: "
                        + Files.readString(log).strip());
            }
        } catch (IOException e) {
            throw new IllegalStateException(command.get(0) + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** The environment variable of a setting. */
    private static String variable(String key) {
        return "RATEMESH_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
