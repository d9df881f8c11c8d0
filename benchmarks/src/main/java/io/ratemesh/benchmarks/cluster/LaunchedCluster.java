package io.ratemesh.benchmarks.cluster;

import io.ratemesh.benchmarks.process.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A cluster that {@code ./ratemesh up} has started, with simulated rates, and ports and a home of its own. */
public final class LaunchedCluster implements AutoCloseable {

    private final ServiceBuild services;
    private final Path home;
    private final int port = FreePorts.next();
    private final int statsPort = FreePorts.next();
    private final int clusterPort = FreePorts.next();
    private final BalancerStats stats;

    private LaunchedCluster(ServiceBuild services, Path home) {
        this.services = services;
        this.home = home;
        this.stats = new BalancerStats(home.resolve("admin-password"), statsPort);
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
        return stats.read();
    }

    /** The number of converters that get requests, in {@link #stats}. */
    public static int activeConverters(JsonObject stats) {
        return BalancerStats.activeConverters(stats);
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
