package io.ratemesh.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.ratemesh.systemtests.http.ApiClient;
import io.ratemesh.systemtests.load.KeptConnections;
import io.ratemesh.systemtests.process.Jvm;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.ServiceJar;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A balancer without a cluster, in front of plain HTTP servers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoneBalancerIT {

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);
    private static final int RISE = 2;
    private static final Duration START = Duration.ofSeconds(30);

    private final Path folder;
    private final PortBlock ports = PortBlock.find();
    private final List<HttpServer> servers = new ArrayList<>();
    private final int first = ports.next();
    private final int second = ports.next();
    private final int http = ports.next();
    private final int h2c = ports.next();
    private final int stats = ports.next();
    private final ApiClient client = new ApiClient(URI.create("http://127.0.0.1:" + http));
    private Path settings = Path.of("");
    private List<Jvm> balancers = List.of();

    LoneBalancerIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void start() throws IOException {
        serve(first);
        serve(second);
        settings = folder.resolve("ratemesh.yaml");
        writeSettings(first, second);
        balancers = List.of(Jvm.start("lone", ServiceJar.BALANCER, folder, List.of("--config", settings.toString())));
        await("both serve")
                .atMost(START)
                .ignoreExceptions()
                .until(() -> serving().size() == 2);
    }

    @AfterEach
    void stop() {
        balancers.forEach(Jvm::close);
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void all_dead_then_alive_traffic_flows_again_within_rise_times_interval_without_a_touch() {
        servers.forEach(server -> server.stop(0));
        await("no server is left").atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            HttpResponse<String> response = client.get("/");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        });

        serve(first);
        serve(second);

        // A check may just have been sent, its interval varies by up to 10 %, and the machine may be busy.
        Duration soon = CHECK_INTERVAL.multipliedBy(RISE + 1).plusSeconds(3);
        await("traffic flows again")
                .atMost(soon)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.get("/").statusCode() == 200);
        await("from both").atMost(soon).until(() -> serving().size() == 2);
    }

    @Test
    void a_reload_changes_servers_under_load_and_a_faulty_one_changes_nothing() throws Exception {
        int third = ports.next();
        serve(third);
        writeSettings(second, third);
        sendHangup();
        await("the first is out, the third in")
                .atMost(Duration.ofSeconds(10))
                .until(() -> serving().equals(Set.of(name(second), name(third))));

        Files.writeString(settings, Files.readString(settings).replace("round-robin", "best"));
        sendHangup();
        await("the fault is reported")
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        Files.readString(balancers.get(0).log()).contains("balancer.pools.web.algorithm: \"best\""));
        assertThat(serving()).containsExactlyInAnyOrder(name(second), name(third));
    }

    @Test
    void reloaded_limits_apply_to_open_connections() throws Exception {
        try (Socket idle = new Socket("127.0.0.1", http)) {
            idle.setSoTimeout(10_000);
            request(idle);

            Files.writeString(settings, Files.readString(settings).replace("balancer:", """
                    balancer:
                      limits: {keep-alive: 1s}"""));
            sendHangup();
            await("the settings are read")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Files.readString(balancers.get(0).log()).contains("settings-reloaded"));

            request(idle);
            assertThat(idle.getInputStream().read())
                    .as("closed after a second without a request, not after a minute")
                    .isEqualTo(-1);
        }
    }

    /** Whatever is in front of a balancer directs clients to another one meanwhile. */
    @Test
    void a_balancer_that_leaves_tells_each_connection_to_end_and_loses_no_request() {
        try (KeptConnections http1 = new KeptConnections(HttpVersion.HTTP_1_1, http);
                KeptConnections http2 = new KeptConnections(HttpVersion.HTTP_2, h2c)) {
            for (KeptConnections clients : List.of(http1, http2)) {
                clients.awaitMore(200);
                assertThat(clients.toldToEnd()).isZero();
            }
            Set<HttpConnection> before1 = http1.open();
            Set<HttpConnection> before2 = http2.open();
            assertThat(before1).hasSize(8);
            assertThat(before2).hasSize(1);

            balancers.get(0).terminate();
            http1.awaitEndOf(before1);
            http2.awaitEndOf(before2);

            for (KeptConnections clients : List.of(http1, http2)) {
                clients.awaitMore(50);
                assertThat(clients.stop()).isEmpty();
            }
            assertThat(http1.toldToEnd()).isGreaterThanOrEqualTo(before1.size());
            assertThat(http2.toldToEnd()).isGreaterThanOrEqualTo(before2.size());
            assertThat(client.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(balancers.get(0).isAlive()).isTrue();
        }
    }

    /** Sends a request and reads the whole response. */
    private void request(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
        StringBuilder response = new StringBuilder();
        while (!response.toString().endsWith(name(first))
                && !response.toString().endsWith(name(second))) {
            int read = socket.getInputStream().read();
            assertThat(read).as(response.toString()).isNotNegative();
            response.append((char) read);
        }
        assertThat(response).startsWith("HTTP/1.1 200");
    }

    /** The servers that respond to eight requests. */
    private Set<String> serving() {
        return IntStream.range(0, 8)
                .mapToObj(i -> client.get("/path/" + i))
                .peek(response -> assertThat(response.statusCode()).isEqualTo(200))
                .map(HttpResponse::body)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void sendHangup() throws Exception {
        long pid = balancers.get(0).pid();
        assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void writeSettings(int... upstreams) {
        String listed = IntStream.of(upstreams)
                .mapToObj(port -> "\"127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        try {
            Files.writeString(settings, """
                    cluster: {enabled: false}
                    balancer:
                      http: {bind: 127.0.0.1, port: %d}
                      h2c: {bind: 127.0.0.1, port: %d}
                      drain-delay: 10s
                      stats: {port: %d, password-file: %s}
                      pools:
                        web:
                          servers: [%s]
                          algorithm: round-robin
                          check: {path: /, interval: %dms, fast-interval: %dms, rise: %d, fall: 2}
                          queue: {limit: 10, timeout: 100ms}
                      routes: [{path: /, pool: web}]
                    """.formatted(
                            http,
                            h2c,
                            stats,
                            folder.resolve("password"),
                            listed,
                            CHECK_INTERVAL.toMillis(),
                            CHECK_INTERVAL.toMillis(),
                            RISE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 100);
            byte[] body = name(port).getBytes(UTF_8);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            servers.add(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(int port) {
        return "server " + port;
    }
}
