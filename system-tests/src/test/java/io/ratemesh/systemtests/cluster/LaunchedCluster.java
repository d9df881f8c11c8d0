package io.ratemesh.systemtests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.systemtests.http.ApiClient;
import io.ratemesh.systemtests.process.Jvm;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.ServiceJar;
import io.ratemesh.systemtests.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A cluster that the launcher runs, as {@code ./ratemesh} does, in a home and on ports of its own. */
public final class LaunchedCluster implements AutoCloseable {

    /** As the JVMs of {@link ClusterUnderTest}. */
    private static final String JAVA_OPTIONS = "-Xmx96m -XX:TieredStopAtLevel=1";

    private final PortBlock ports = PortBlock.find();
    private final int http = ports.next();
    private final int statsPort = ports.next();
    private final Path home;
    private final Path config;
    private final ApiClient api = new ApiClient(URI.create("http://127.0.0.1:" + http));
    private final List<Jvm> balancersByHand = new ArrayList<>();

    /**
     * Claims what the cluster needs.
     *
     * @param purpose the beginning of the name of its home under {@code target/clusters}
     * @param balancer further settings of the balancer, in YAML, one a line
     */
    public LaunchedCluster(String purpose, Feeds feeds, String... balancer) {
        try {
            home = Files.createTempDirectory(
                    Files.createDirectories(Workspace.target().resolve("clusters")), purpose + "-");
            config = home.resolve("settings.yaml");
            Files.writeString(config, """
                    cluster: {port: %d}
                    rates: {feeds: %s}
                    balancer:
                      http: {bind: 127.0.0.1}
                      %s
                    """.formatted(ports.cluster(), feeds.setting(), String.join("\n  ", balancer)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code up}: one rates node, two converters and a balancer. */
    public LaunchedCluster up() {
        run("up", "--detach", "--port", "" + http, "--stats-port", "" + statsPort, "--config", config.toString());
        return this;
    }

    /** Runs a command that must succeed; its output. */
    public String run(String... arguments) {
        Result result = result(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", arguments) + " ended with " + result.exitCode() + ": "
                    + result.output() + "the logs are in " + home);
        }
        return result.output();
    }

    public ApiClient api() {
        return api;
    }

    /** The stats port of the launcher's balancer, or of {@link #replaceBalancer}. */
    public StatsPort stats() {
        return stats(statsPort);
    }

    /** One more balancer, started by hand in the home of this cluster. */
    public StatsPort addBalancer(String id) {
        int port = ports.next();
        startBalancer(id, ports.next(), port);
        return stats(port);
    }

    /** Starts a balancer by hand on the ports of the launcher's, which has ended. */
    public void replaceBalancer(String id) {
        startBalancer(id, http, statsPort);
    }

    /** Whether the launcher has a record of a node's process. */
    public boolean hasRecordOf(String id) {
        return Files.exists(recordOf(id));
    }

    /** {@code kill -9} of a node that the launcher has a record of. */
    public void kill(String id) {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(recordOf(id))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessHandle.of(Long.parseLong(properties.getProperty("pid")))
                .orElseThrow(() -> new AssertionError(id + " has ended by itself"))
                .destroyForcibly();
    }

    /** {@code down}, and the end of the balancers started by hand. */
    @Override
    public void close() {
        balancersByHand.forEach(Jvm::close);
        result("down");
    }

    private void startBalancer(String id, int port, int stats) {
        List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
        for (String setting :
                List.of("node.name=" + id, "balancer.http.port=" + port, "balancer.stats.port=" + stats)) {
            arguments.addAll(List.of("--set", setting));
        }
        balancersByHand.add(Jvm.start(id, ServiceJar.BALANCER, home, arguments));
    }

    private StatsPort stats(int port) {
        return new StatsPort(URI.create("http://127.0.0.1:" + port), home.resolve("admin-password"));
    }

    private Path recordOf(String id) {
        return home.resolve("pids").resolve(id + ".properties");
    }

    private record Result(int exitCode, String output) {}

    private Result result(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dratemesh.project=" + Workspace.module(""),
                "-jar",
                Workspace.module("launcher").resolve("target/launcher.jar").toString()));
        command.addAll(List.of(arguments));
        Path output = home.resolve("launcher.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        builder.environment().put("RATEMESH_HOME", home.toString());
        builder.environment().put("RATEMESH_JAVA_OPTS", JAVA_OPTIONS);
        try {
            return new Result(builder.start().waitFor(), Files.readString(output, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
