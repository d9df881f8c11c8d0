package io.ratemesh.systemtests;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.cluster.StatsPort;
import io.ratemesh.systemtests.feed.EcbDay;
import io.ratemesh.systemtests.feed.EcbServer;
import io.ratemesh.systemtests.http.ApiClient;
import io.ratemesh.systemtests.http.SseReader;
import io.ratemesh.systemtests.load.LoadReport;
import io.ratemesh.systemtests.load.SteadyLoad;
import io.ratemesh.systemtests.process.Jvm;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.ServiceJar;
import io.ratemesh.systemtests.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A cluster that {@code ./ratemesh up} started, whose balancer starts and drains converters. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScalerIT {

    private static final EcbServer ECB = new EcbServer(EcbDay.published());
    private static final String RATE = EcbDay.published().rate("USD");
    private static final PortBlock PORTS = PortBlock.find();
    private static final int PORT = PORTS.next();
    private static final int STATS_PORT = PORTS.next();
    private static final Path HOME = home();
    private static final ApiClient API = new ApiClient(URI.create("http://127.0.0.1:" + PORT));
    private static final StatsPort STATS = statsPort(STATS_PORT);
    private static final List<Jvm> BY_HAND = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(HOME.resolve("settings.yaml"), """
                cluster: {port: %d}
                rates: {feeds: %s}
                balancer:
                  http: {bind: 127.0.0.1}
                  scaler: {enabled: true, min: 2, max: 4, target-in-flight: 8, up-cooldown: 1s, down-cooldown: 3s}
                """.formatted(
                        PORTS.cluster(), Feeds.served(ECB).setting()));
        assertThat(ratemesh(
                        "up",
                        "--detach",
                        "--converters",
                        "2",
                        "--port",
                        "" + PORT,
                        "--stats-port",
                        "" + STATS_PORT,
                        "--config",
                        HOME.resolve("settings.yaml").toString()))
                .contains("Ratemesh is up");
    }

    @AfterAll
    static void end() {
        ratemesh("down");
        BY_HAND.forEach(Jvm::close);
        ECB.close();
    }

    @Test
    void an_order_is_carried_out_under_load_without_a_failed_request() {
        order(STATS, "{\"converters\":2}");
        await("2 converters").until(() -> STATS.scaler().getInteger("current") == 2);
        try (SteadyLoad load = SteadyLoad.start(API.uri(""), RATE)) {
            assertThat(ratemesh("scale", "3")).contains("converters: 2 -> 3");
            String third = newest(STATS);
            await("traffic").until(() -> STATS.converterServes(third));
            assertThat(ratemesh("status")).containsPattern(third + " +converter +READY .*\\d+ *\n");
            load.awaitMore(1000);

            assertThat(ratemesh("scale", "2")).contains("converters: 3 -> 2");
            await("gone").until(() -> STATS.nodeState(third).isEmpty());
            assertThat(ratemesh("status")).doesNotContain("DEAD");
            LoadReport report = load.awaitMore(1000).stop();

            Measured.note("scale 2 to 3 to 2 by order", report.toString());
            assertThat(report.failures()).isEmpty();
            assertThat(report.responsesByNode()).containsKey(third);
        }
        assertThat(STATS.post("/admin/scale", "{\"converters\":5}").statusCode())
                .isEqualTo(400);
        assertThat(STATS.scaler().getString("mode")).isEqualTo("manual");
    }

    @Test
    void load_scales_out_and_in_and_streams_are_no_load() {
        order(STATS, "{\"auto\":true}");
        await("2 converters").until(() -> STATS.scaler().getInteger("current") == 2);
        List<SseReader> readers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            readers.add(SseReader.open(API.uri("/api/v1/stream")));
        }
        List<Socket> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            requests.add(requestInFlight());
        }

        await("3 converters").until(() -> STATS.scaler().getInteger("current") == 3);
        assertThat(STATS.scaler().getString("lastDecision"))
                .startsWith("2 to 3: 20 requests in flight (target 8 per converter)");
        await("ready").until(() -> STATS.scaler().getInteger("pending") == 0);

        requests.forEach(ScalerIT::close);
        await("2 converters again").until(() -> STATS.scaler().getInteger("current") == 2);
        assertThat(STATS.scaler().getString("lastDecision")).startsWith("3 to 2: 0 requests in flight");
        readers.forEach(SseReader::close);
    }

    @Test
    void when_the_acting_balancer_is_killed_the_next_one_goes_on() {
        order(STATS, "{\"converters\":2}");
        int statsPort = PORTS.next();
        Jvm second = balancer("balancer-by-hand", PORTS.next(), statsPort);
        StatsPort stats = statsPort(statsPort);
        await(second.toString()).ignoreExceptions().until(() -> acting(stats).startsWith("balancer-"));
        String first = acting(stats);
        assertThat(first).isNotEqualTo(second.id());

        kill(first);

        await("take-over").until(() -> acting(stats).equals(second.id()));
        assertThat(stats.scaler().getString("mode")).isEqualTo("manual");
        order(stats, "{\"converters\":3}");
        await("3 converters")
                .until(() -> stats.scaler().getInteger("current") == 3
                        && stats.scaler().getInteger("pending") == 0);
        assertThat(HOME.resolve("pids/" + newest(stats) + ".properties")).exists();
        // For the other tests.
        balancer("balancer-again", PORT, STATS_PORT);
        await("a balancer again").ignoreExceptions().until(() -> acting(STATS).equals(second.id()));
    }

    private static Jvm balancer(String id, int port, int statsPort) {
        List<String> arguments = new ArrayList<>(
                List.of("--config", HOME.resolve("settings.yaml").toString()));
        for (String setting :
                List.of("node.name=" + id, "balancer.http.port=" + port, "balancer.stats.port=" + statsPort)) {
            arguments.addAll(List.of("--set", setting));
        }
        Jvm started = Jvm.start(id, ServiceJar.BALANCER, HOME, arguments);
        BY_HAND.add(started);
        return started;
    }

    private static void order(StatsPort stats, String body) {
        assertThat(stats.post("/admin/scale", body).body()).isEqualTo(body);
    }

    private static String acting(StatsPort stats) {
        String acting = stats.scaler().getString("acting");
        return acting == null ? "" : acting;
    }

    /** The converter with the highest number. */
    private static String newest(StatsPort stats) {
        return stats.nodes().stream()
                .map(node -> node.getString("id"))
                .filter(id -> id.startsWith("converter-"))
                .max((a, b) -> Integer.compare(number(a), number(b)))
                .orElseThrow();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    /** A request whose body never ends, so that it stays in flight without using a processor. */
    private static Socket requestInFlight() {
        try {
            Socket socket = new Socket("127.0.0.1", PORT);
            socket.getOutputStream()
                    .write(("POST /api/v1/convert HTTP/1.1\r\nHost: 127.0.0.1:" + PORT
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                            .getBytes(US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(String id) {
        try {
            String pid = Files.readAllLines(HOME.resolve("pids/" + id + ".properties")).stream()
                    .filter(line -> line.startsWith("pid="))
                    .map(line -> line.substring(4))
                    .findFirst()
                    .orElseThrow();
            ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the launcher; its output. */
    private static String ratemesh(String... arguments) {
        Path launcher = Workspace.module("launcher").resolve("target/launcher.jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dratemesh.project=" + Workspace.module(""),
                "-jar",
                launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("launcher.log").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        builder.environment().put("RATEMESH_HOME", HOME.toString());
        builder.environment().put("RATEMESH_JAVA_OPTS", "-Xmx96m -XX:TieredStopAtLevel=1");
        try {
            Process process = builder.start();
            int code = process.waitFor();
            String output = Files.readString(HOME.resolve("launcher.log"), UTF_8);
            assertThat(code).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static StatsPort statsPort(int port) {
        return new StatsPort(URI.create("http://127.0.0.1:" + port), HOME.resolve("admin-password"));
    }

    private static Path home() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Workspace.target().resolve("clusters")), "scaler-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
    }
}
