package io.ratemesh.benchmarks.warm;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/** A cluster that {@code ./ratemesh up} has started, with simulated rates and a home of its own. */
final class LaunchedCluster implements AutoCloseable {

    private final ServiceBuild services;
    private final Path home;
    private final int port = FreePorts.next();

    private LaunchedCluster(ServiceBuild services, Path home) {
        this.services = services;
        this.home = home;
    }

    /**
     * Starts one. Returns as soon as a conversion was served.
     *
     * @param home the folder for its state and logs
     */
    static LaunchedCluster up(ServiceBuild services, Path home) {
        LaunchedCluster cluster = new LaunchedCluster(services, home);
        String stats = String.valueOf(FreePorts.next());
        cluster.ratemesh("up", "--demo", "--detach", "--port", String.valueOf(cluster.port), "--stats-port", stats);
        return cluster;
    }

    /** The port of the front door. */
    int port() {
        return port;
    }

    /** Restarts all converters, one after the other. */
    void restartConverters() {
        ratemesh("restart", "converter");
    }

    @Override
    public void close() {
        ratemesh("down");
    }

    private void ratemesh(String... arguments) {
        Path log = home.resolve("bench-" + arguments[0] + ".log");
        List<String> command =
                new ArrayList<>(List.of(services.project().resolve("ratemesh").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("RATEMESH_HOME", home.toString());
        services.settings().forEach(setting -> {
            String[] keyAndValue = setting.split("=", 2);
            builder.environment().put(variable(keyAndValue[0]), keyAndValue[keyAndValue.length - 1]);
        });
        try {
            if (builder.start().waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + Files.readString(log));
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
