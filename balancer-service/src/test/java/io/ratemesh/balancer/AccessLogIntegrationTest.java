package io.ratemesh.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.accesslog.AccessEntry;
import io.ratemesh.balancer.accesslog.AccessLogWriter;
import io.ratemesh.balancer.accesslog.ConfiguredAccessLog;
import io.ratemesh.balancer.accesslog.ListenerLog;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.listener.ListenFixture;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.listener.ListenerContext;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerProtocol;
import io.ratemesh.balancer.listener.RawHttp2;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.proxy.ExchangeLog;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
import io.ratemesh.balancer.routing.RequestRouter;
import io.ratemesh.balancer.routing.RouteAction;
import io.ratemesh.balancer.routing.RoutingTable;
import io.ratemesh.node.accesslog.AccessLog;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.AccessLogSettings;
import io.ratemesh.node.settings.AccessLogSettings.Format;
import io.ratemesh.node.settings.RouteSettings;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** Log lines of responses of the balancer itself, compared with those of HAProxy 2.6. */
@Timeout(30)
class AccessLogIntegrationTest {

    private static final Pattern LINE = Pattern.compile(
            ".*: 127\\.0\\.0\\.1:[1-9]\\d* \\[.*] (?<address>front-door\\S*) front-door\\S*/<NOSRV> (?<times>\\S+) (?<status>\\d+) \\d+ - - (?<end>\\S+) \\S+ 0/0 \"(?<request>.*)\"");

    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final Pool pool = PoolFixture.plain("shop");
    private final Vertx vertx = Vertx.vertx();
    private final Path file;
    private AccessLog<AccessEntry> log;
    private int httpPort;
    private int h2cPort;

    AccessLogIntegrationTest(@TempDir Path folder) {
        this.file = folder.resolve("access.log");
    }

    @BeforeEach
    void open() throws Exception {
        log = ConfiguredAccessLog.open(
                        new AccessLogSettings(Optional.of(file.toString()), Format.HTTPLOG), "balancer-1")
                .orElseThrow();
        Settings settings = Settings.load(
                Optional.empty(),
                List.of(
                        "balancer.http.port=0",
                        "balancer.h2c.port=0",
                        "balancer.limits.head-time=1s",
                        "balancer.limits.body-time=1s"),
                Map.of());
        ListenerContext listeners =
                await(ListenerContext.open(vertx, new OpsEvents(vertx, "balancer-1"), settings.balancer()));
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                AccessLogWriter writer = new AccessLogWriter(log.newQueue());
                RoutingTable<RouteAction> routes =
                        routes(writer.of(pool, request -> Listener.of(request.connection())));
                return ListenFixture.open(
                        vertx,
                        listeners,
                        listener -> new CountingListenerEvents(new ListenerCounts(), Optional.of(writer.at(listener))),
                        listener -> router(writer.at(listener), routes));
            }
        }));
        httpPort = listeners.port(ListenerProtocol.HTTP);
        h2cPort = listeners.port(ListenerProtocol.H2C);
    }

    @AfterEach
    void close() {
        log.close();
        await(vertx.close());
    }

    @Test
    void a_failed_health_check_and_unknown_paths_are_local_responses() throws Exception {
        Matcher health = lineAfter(HEALTH);
        assertThat(health.group("times")).matches("0/-1/-1/-1/\\d+");
        assertThat(total(health)).isGreaterThanOrEqualTo(15);
        assertThat(summary(health)).isEqualTo("503 LR-- GET /health HTTP/1.1");

        Matcher none = lineAfter("GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(summary(none)).isEqualTo("404 LR-- GET /none HTTP/1.1");

        Matcher server = lineAfter("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(summary(server)).isEqualTo("204 LR-- OPTIONS * HTTP/1.1");
    }

    @Test
    void a_successful_health_check_is_not_logged() throws Exception {
        Files.writeString(file, "");
        try (Socket socket = new Socket("127.0.0.1", httpPort)) {
            send(socket, "GET /health?ready HTTP/1.1\r\nHost: a\r\n\r\n" + HEALTH);
            socket.getInputStream().readAllBytes();
        }

        assertThat(summary(line())).isEqualTo("503 LR-- GET /health HTTP/1.1");
    }

    @Test
    void an_invalid_request_is_logged_with_its_client_as_badreq() throws Exception {
        Matcher bad = lineAfter("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(bad.group("times")).isEqualTo("-1/-1/-1/-1/0");
        assertThat(summary(bad)).isEqualTo("400 PR-- <BADREQ>");
    }

    @Test
    void an_incomplete_head_is_logged_with_the_time_until_its_timeout() throws Exception {
        // The timeout starts with the connection, the log with the first byte; the very first connection may take
        // long in between.
        lineAfter("GET /first HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Matcher slow = lineAfter("GET /a HTTP/1.1\r\nHo");

        assertThat(slow.group("times")).startsWith("-1/-1/-1/-1/");
        assertThat(total(slow)).isBetween(500L, 10_000L);
        assertThat(summary(slow)).isEqualTo("408 cR-- <BADREQ>");
    }

    @Test
    void the_time_of_a_head_from_its_first_byte_to_its_last_is_logged_for_that_request_only() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", httpPort)) {
            send(socket, "GET /one HTTP/1.1\r\n");
            // Meanwhile requests on the same event loop take a known time.
            long meanwhile = total(lineAfter(HEALTH)) + total(lineAfter(HEALTH)) + total(lineAfter(HEALTH));
            Files.writeString(file, "");
            send(socket, "Host: a\r\n\r\n");
            Matcher slow = line();
            assertThat(slow.group("times")).matches("\\d{2,}/-1/-1/-1/\\d{2,}");
            assertThat(Long.parseLong(slow.group("times").split("/")[0])).isGreaterThanOrEqualTo(meanwhile - 5);

            Files.writeString(file, "");
            send(socket, "GET /two HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(line().group("times")).startsWith("0/-1/-1/-1/");
        }
    }

    @Test
    void each_line_has_the_name_of_its_listener_as_in_statistics() throws Exception {
        assertThat(lineAfter(HEALTH).group("address")).isEqualTo("front-door");

        Matcher toTheOther = lineAfter(HEALTH, h2cPort);
        assertThat(toTheOther.group("address")).isEqualTo("front-door-h2c");
        assertThat(summary(toTheOther)).isEqualTo("505 PR-- <BADREQ>");
    }

    @Test
    void a_request_whose_body_is_rejected_midway_is_one_line() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket socket = new Socket("127.0.0.1", httpPort)) {
            PoolFixture.up(pool, "silent", silent.getLocalPort());
            Files.writeString(file, "");
            send(socket, "POST /shop/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            try (Socket upstream = silent.accept()) {
                String seen = "";
                while (!seen.endsWith("hello\r\n")) {
                    seen += (char) upstream.getInputStream().read();
                }
                send(socket, "zz\r\n");
                assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                        .startsWith("HTTP/1.1 400 ");
                Awaitility.await().until(() -> read().contains("POST /shop/x"));
            }
        }
        String lines = read();

        assertThat(lines).hasLineCount(1).contains(" front-door shop/silent ", " 400 0 - - PH-- ");
        assertThat(lineAfter(HEALTH).group("status")).isEqualTo("503");
    }

    @Test
    void a_request_that_is_closed_without_a_response_is_not_its_clients_abort() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket socket = new Socket("127.0.0.1", httpPort)) {
            PoolFixture.up(pool, "silent", silent.getLocalPort());
            Files.writeString(file, "");
            send(socket, "POST /shop/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            try (Socket upstream = silent.accept()) {
                assertThat(upstream.getInputStream().read()).isEqualTo('P');
                send(socket, "5;a=\"b\r\nhello\r\n0\r\n\r\n");
                socket.getInputStream().readAllBytes();
                socket.shutdownOutput();
                Awaitility.await().until(() -> read().contains("POST /shop/x"));
            }
        }

        assertThat(read()).hasLineCount(1).contains(" PH-- ");
    }

    @Test
    void a_body_over_HTTP_2_that_stops_arriving_is_a_timeout_of_its_client() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RawHttp2 client = new RawHttp2(new Socket("127.0.0.1", h2cPort))) {
            PoolFixture.up(pool, "silent", silent.getLocalPort());
            Files.writeString(file, "");
            Socket upstream = upload(client, silent);
            Awaitility.await().until(() -> read().contains("POST /shop/x"));
            upstream.close();
        }

        assertThat(read()).hasLineCount(1).contains(" cD-- ");
    }

    @Test
    void a_request_over_HTTP_2_whose_trailers_are_rejected_is_one_line_and_not_its_clients_abort() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RawHttp2 client = new RawHttp2(new Socket("127.0.0.1", h2cPort))) {
            PoolFixture.up(pool, "silent", silent.getLocalPort());
            Files.writeString(file, "");
            Socket upstream = upload(client, silent);
            client.head(1, true, "content-length", "5");
            Awaitility.await().until(() -> read().contains("POST /shop/x"));
            upstream.close();
        }

        assertThat(read()).hasLineCount(1).contains(" 400 0 - - PH-- ");
    }

    /**
     * Sends the begin of a body, as far as the upstream has received it.
     *
     * @return the connection of the upstream; a socket that nobody holds is closed by the garbage collector
     */
    private static Socket upload(RawHttp2 client, ServerSocket upstream) throws IOException {
        client.head(1, false, ":method", "POST", ":scheme", "http", ":path", "/shop/x", ":authority", "a");
        client.frame(RawHttp2.DATA, 0, 1, "hello".getBytes(ISO_8859_1));
        Socket connection = upstream.accept();
        InputStream received = connection.getInputStream();
        String seen = "";
        while (!seen.endsWith("hello\r\n")) {
            seen += (char) received.read();
        }
        return connection;
    }

    private RoutingTable<RouteAction> routes(ExchangeLog log) {
        Proxy proxy = new Proxy(vertx, new PoolOnLoop(pool), ProxySettings.of(0).withLog(log));
        return RoutingTable.of(
                List.of(new RouteSettings("/shop/", "shop")),
                route -> new RouteAction.Forward(proxy, null, null, true));
    }

    private RequestRouter router(ListenerLog log, RoutingTable<RouteAction> routes) {
        ListenerCounts counts = new ListenerCounts();
        RequestRouter router =
                new RequestRouter(vertx, AssetHandler.none(), Optional.empty(), health(), counts, Optional.of(log));
        router.use(routes);
        return router;
    }

    /** Not ready, unless the query says otherwise. */
    private Handler<HttpServerRequest> health() {
        return request -> vertx.setTimer(
                20,
                ignored -> request.response()
                        .setStatusCode(request.uri().endsWith("?ready") ? 200 : 503)
                        .end("{}"));
    }

    private Matcher lineAfter(String bytes) throws Exception {
        return lineAfter(bytes, httpPort);
    }

    private Matcher lineAfter(String bytes, int port) throws Exception {
        Files.writeString(file, "");
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            send(socket, bytes);
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
        String[] times = line.group("times").split("/");
        return Long.parseLong(times[times.length - 1]);
    }

    private static String summary(Matcher line) {
        return line.group("status") + " " + line.group("end") + " " + line.group("request");
    }

    private static void send(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
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
