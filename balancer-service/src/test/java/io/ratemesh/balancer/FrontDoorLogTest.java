package io.ratemesh.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.listen.Entrance;
import io.ratemesh.balancer.listen.Ports;
import io.ratemesh.balancer.log.AccessLane;
import io.ratemesh.balancer.log.AccessLog;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.AccessLogSettings.Format;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the front door answers by itself, as its log has it: compared with what HAProxy 2.6 writes for the same. */
@Timeout(30)
class FrontDoorLogTest {

    private static final Pattern LINE = Pattern.compile(
            ".*: 127\\.0\\.0\\.1:[1-9]\\d* \\[.*] front-door front-door/<NOSRV> (\\S+) (\\d+) \\d+ - - (\\S+) \\S+ 0/0 \"(.*)\"");

    private final Vertx vertx = Vertx.vertx();
    private final Path file;
    private AccessLog log;
    private int port;

    FrontDoorLogTest(@TempDir Path folder) {
        this.file = folder.resolve("access.log");
    }

    @BeforeEach
    void open() throws Exception {
        log = AccessLog.toFile(Format.HTTPLOG, "balancer-1", file, 1 << 20, 1);
        Settings settings = Settings.load(
                Optional.empty(), List.of("balancer.http.port=0", "balancer.limits.head-time=1s"), Map.of());
        Entrance entrance = await(Entrance.open(vertx, new OpsEvents(vertx, "balancer-1"), settings.balancer()));
        Promise<Ports.Numbers> opened = Promise.promise();
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                FrontDoorCounts counts = new FrontDoorCounts();
                Optional<AccessLane> lane = Optional.of(log.lane("front-door", () -> 1));
                FrontDoor door = new FrontDoor(
                        vertx,
                        AssetHandler.none(),
                        Optional.empty(),
                        request ->
                                vertx.setTimer(20, ignored -> request.response().end("{}")),
                        counts,
                        lane);
                Ports.Way way = new Ports.Way(door, new CountedArrivals(counts, lane));
                return new Ports(vertx, entrance, Ports.Numbers.of(entrance.settings()), way, way, way)
                        .open(door::askedForHealth)
                        .onSuccess(opened::complete);
            }
        }));
        port = await(opened.future()).http();
    }

    @AfterEach
    void close() {
        log.close();
        await(vertx.close());
    }

    @Test
    void health_and_what_is_not_there_are_answered_here() throws Exception {
        Matcher health = lineAfter("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(health.group(1)).matches("0/-1/-1/-1/\\d+");
        assertThat(total(health)).isGreaterThanOrEqualTo(15);
        assertThat(said(health)).isEqualTo("200 LR-- GET /health HTTP/1.1");

        Matcher none = lineAfter("GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(said(none)).isEqualTo("404 LR-- GET /none HTTP/1.1");
    }

    @Test
    void what_is_no_request_has_its_client_and_haproxys_word() throws Exception {
        Matcher bad = lineAfter("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(bad.group(1)).isEqualTo("-1/-1/-1/-1/0");
        assertThat(said(bad)).isEqualTo("400 PR-- <BADREQ>");
    }

    @Test
    void a_head_that_never_ends_has_the_time_it_took() throws Exception {
        // The limit counts from the connection, the log from the octets: the first connection of all may be long
        // between.
        lineAfter("GET /first HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Matcher slow = lineAfter("GET /a HTTP/1.1\r\nHo");

        assertThat(slow.group(1)).startsWith("-1/-1/-1/-1/");
        assertThat(total(slow)).isBetween(900L, 5000L);
        assertThat(said(slow)).isEqualTo("408 cR-- <BADREQ>");
    }

    @Test
    void the_time_from_a_heads_first_octet_to_its_last_is_that_requests_and_no_others() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            send(socket, "GET /one HTTP/1.1\r\n");
            // The time that passes is what is measured.
            Thread.sleep(60);
            send(socket, "Host: a\r\n\r\n");
            Matcher slow = line();
            assertThat(slow.group(1)).matches("\\d{2,}/-1/-1/-1/\\d{2,}");
            assertThat(Long.parseLong(slow.group(1).split("/")[0])).isGreaterThanOrEqualTo(50);

            Files.writeString(file, "");
            send(socket, "GET /two HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(line().group(1)).startsWith("0/-1/-1/-1/");
        }
    }

    private Matcher lineAfter(String octets) throws Exception {
        Files.writeString(file, "");
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            send(socket, octets);
            socket.getInputStream().readAllBytes();
        }
        return line();
    }

    private Matcher line() {
        Awaitility.await().until(() -> read().endsWith("\n"));
        Matcher line = LINE.matcher(read().strip());
        assertThat(line.matches()).as(read()).isTrue();
        return line;
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long total(Matcher line) {
        String[] times = line.group(1).split("/");
        return Long.parseLong(times[times.length - 1]);
    }

    private static String said(Matcher line) {
        return line.group(2) + " " + line.group(3) + " " + line.group(4);
    }

    private static void send(Socket socket, String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
