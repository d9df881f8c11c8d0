package io.ratemesh.benchmarks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A place for a node: an address, its ports and its data; and the process that is there now. */
final class ChaosNode implements AutoCloseable {

    /** The roles, and their services. */
    enum Role {
        RATES,
        CONVERTER,
        BALANCER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of the user admin at the statistics. */
    static final String PASSWORD = "chaos";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final Role role;
    private final int half;
    private final String address;
    private final Path data;
    private final int port = FreePorts.next();
    private final int statsPort = FreePorts.next();
    private final Optional<ChaosClock> clock;
    private String id = "";
    private @Nullable ServerProcess process;

    ChaosNode(Role role, int half, String address, Path data, Optional<ChaosClock> clock) {
        this.role = role;
        this.half = half;
        this.address = address;
        this.data = data;
        this.clock = clock;
    }

    Role role() {
        return role;
    }

    /** The name of the process that is there now. */
    String id() {
        return id;
    }

    /** The half of the network, 0 or 1. */
    int half() {
        return half;
    }

    BalancerAddress door() {
        return new BalancerAddress(address, port);
    }

    /** The clock of a rates node in a cluster with clocks that can be moved. */
    ChaosClock clock() {
        return clock.orElseThrow();
    }

    /**
     * Starts a process.
     *
     * @param network the words of the command that runs it in its half of the network
     */
    void start(String newId, List<String> network, ServiceBuild build, List<String> common, Path folder) {
        id = newId;
        List<String> prefix = new ArrayList<>(network);
        clock.ifPresent(own -> prefix.addAll(own.prefix()));
        List<String> settings = new ArrayList<>(common);
        settings.add("cluster.bind=" + address);
        settings.add(role.word() + (role == Role.BALANCER ? ".http" : "") + ".port=" + port);
        switch (role) {
            case RATES -> settings.add("rates.data-dir=" + data);
            case BALANCER -> {
                settings.add("balancer.http.bind=" + address);
                settings.add("balancer.stats.bind=" + address);
                settings.add("balancer.stats.port=" + statsPort);
                settings.add("balancer.access-log.to=" + folder.resolve(id + "-access.log"));
            }
            case CONVERTER -> {}
        }
        settings.addAll(build.settings());
        List<String> options = role == Role.BALANCER ? build.balancerOptions() : build.converterOptions();
        process = ServiceJvm.start(prefix, id, build.jar(role.word() + "-service"), options, settings, port, folder);
    }

    /** {@code kill -9}. */
    void kill() {
        process().close();
    }

    /** SIGTERM, and waits until the node has drained. */
    void terminate() {
        process().terminate();
    }

    void signal(String name) {
        Program.signal(process().pid(), name);
    }

    /** Lets every write to a file fail, or no longer. The error is EFBIG; that of a full disk is ENOSPC. */
    void failWrites(boolean failing) {
        new Program("prlimit", "util-linux")
                .output(
                        "--pid",
                        String.valueOf(process().pid()),
                        "--fsize=" + (failing ? "0" : "unlimited") + ":unlimited");
    }

    /** Whether a rates node has stored a book since then. */
    boolean hasStoredSince(Instant time) {
        try {
            return Files.getLastModifiedTime(data.resolve("simulated").resolve("book"))
                    .toInstant()
                    .isAfter(time);
        } catch (IOException e) {
            return false;
        }
    }

    boolean isListening() {
        return get(port, "/health/ready")
                .filter(response -> response.statusCode() == 200)
                .isPresent();
    }

    /** The JSON at a path of a balancer's front door. */
    Optional<JsonObject> json(String path) {
        return get(port, path).flatMap(ChaosNode::parsed);
    }

    /** The statistics of a balancer. */
    Optional<JsonObject> stats() {
        return get(statsPort, "/stats.json").flatMap(ChaosNode::parsed);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private ServerProcess process() {
        if (process == null) {
            throw new IllegalStateException(role + " is not started");
        }
        return process;
    }

    private static Optional<JsonObject> parsed(HttpResponse<String> response) {
        try {
            return response.statusCode() == 200 ? Optional.of(new JsonObject(response.body())) : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    private Optional<HttpResponse<String>> get(int toPort, String path) {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + ':' + toPort + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Basic " + credentials)
                .build();
        try {
            return Optional.of(CLIENT.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
