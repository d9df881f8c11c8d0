package io.ratemesh.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.accesslog.AccessEntry;
import io.ratemesh.balancer.accesslog.AccessLogWriter;
import io.ratemesh.balancer.accesslog.ConfiguredAccessLog;
import io.ratemesh.balancer.accesslog.ListenerLog;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.listener.ListenFixture;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.listener.ListenerContext;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerProtocol;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
import io.ratemesh.balancer.routing.RequestRouter;
import io.ratemesh.balancer.routing.RouteAction;
import io.ratemesh.balancer.routing.RoutingTable;
import io.ratemesh.node.accesslog.AccessLog;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.AccessLogSettings;
import io.ratemesh.node.settings.AccessLogSettings.Format;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same faults through the balancer and through HAProxy, and each field of both log lines. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BesideHaproxyLogTest {

    /** What a client does on one connection, or on several. */
    private interface ClientAction {
        void on(Clients clients) throws IOException;
    }

    /** A fault, and the fields that differ from HAProxy's by intent. */
    @SuppressWarnings("ImmutableEnumChecker") // An action has no state, and the set does not change.
    private enum Fault {
        A_RESPONSE(clients -> clients.open().get("/shop/ok").readResponse()),
        A_CHUNKED_RESPONSE(clients -> clients.open().get("/shop/chunked").readResponse()),
        NOT_FOUND(clients -> clients.open().get("/shop/missing").readResponse()),
        HEAD(clients ->
                clients.open().send("HEAD /shop/ok HTTP/1.1\r\nHost: a\r\n\r\n").readHead()),
        HTTP_1_0(clients ->
                clients.open().send("GET /shop/ok HTTP/1.0\r\nHost: a\r\n\r\n").readResponse()),
        A_QUERY_AND_QUOTES(clients ->
                clients.open().get("/shop/ok?q='a b'".replace(" ", "%20")).readResponse()),
        A_BODY(clients -> clients.open()
                .send("POST /shop/ok HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                .readResponse()),
        A_SECOND_REQUEST(2, clients -> {
            Client client = clients.open().get("/shop/ok").readResponse();
            clients.pause();
            client.get("/shop/ok").readResponse();
        }),
        A_SLOW_HEAD(clients -> {
            Client client = clients.open().send("GET /shop/ok HTTP/1.1\r\nHo");
            clients.pause();
            client.send("st: a\r\n\r\n").readResponse();
        }),
        A_SLOW_RESPONSE(clients -> clients.open().get("/shop/slow").readResponse()),
        A_REFUSED_CONNECT_WITH_A_REDISPATCH(
                clients -> clients.open().get("/two/ok").readResponse()),
        // HAProxy retries this server for 3 s; here a request waits for an available server, but not longer than in the
        // queue.
        REFUSED_CONNECTS(
                clients -> clients.open().get("/refused/ok").readResponse(),
                "status",
                "end",
                "retries",
                "queues",
                "Tw",
                "Ta"),
        // The queued request is at the server already when the line is written.
        A_QUEUED_REQUEST(
                2,
                clients -> {
                    Client first = clients.open().get("/one/slow");
                    clients.upstreamHas("/one/slow");
                    Client second = clients.open().get("/one/ok");
                    first.readResponse();
                    second.readResponse();
                },
                "beconn",
                "srvconn"),
        // HAProxy closes the client's connection after an error; here it stays open.
        A_QUEUE_TIMEOUT(
                2,
                clients -> {
                    Client first = clients.open().get("/one/never");
                    clients.upstreamHas("/one/never");
                    clients.open().get("/one/ok").readResponse();
                    first.readResponse();
                },
                "actconn",
                "feconn"),
        // The connection is closed already when the line is written.
        A_CLIENT_ABORT_IN_THE_QUEUE(
                2,
                clients -> {
                    Client first = clients.open().get("/one/never");
                    clients.upstreamHas("/one/never");
                    Client second = clients.open().get("/one/ok");
                    clients.pause();
                    second.close();
                    first.readResponse();
                },
                "actconn",
                "feconn"),
        A_RESPONSE_TIMEOUT(clients -> clients.open().get("/shop/never").readResponse()),
        AN_UPSTREAM_THAT_CLOSES(clients -> clients.open()
                .send("POST /shop/closes HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                .readResponse()),
        A_MALFORMED_RESPONSE(clients -> clients.open().get("/shop/garbage").readResponse()),
        AN_UPSTREAM_THAT_CLOSES_MIDWAY(
                clients -> clients.open().get("/shop/midway").readAll()),
        AN_UPSTREAM_THAT_STALLS_MIDWAY(
                clients -> clients.open().get("/shop/stalls").readAll()),
        // HAProxy logs the 400 that it would have sent.
        A_CLIENT_ABORT_BEFORE_THE_RESPONSE(
                clients -> {
                    Client client = clients.open().get("/shop/never");
                    clients.upstreamHas("/shop/never");
                    clients.pause();
                    client.close();
                },
                "status"),
        A_CLIENT_THAT_RESETS_MIDWAY(clients -> {
            Client client = clients.open().get("/shop/large").readHead();
            client.reset();
        }),
        A_CLIENT_THAT_STALLS_MIDWAY(clients -> clients.open().get("/shop/large").readHead()),
        A_CLIENT_ABORT_IN_THE_REQUEST_BODY(clients -> {
            Client client = clients.open().send("POST /shop/ok HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
            clients.upstreamHas("/shop/ok");
            client.close();
        }),
        // HAProxy attributes it to the server.
        A_CLIENT_THAT_STALLS_IN_THE_REQUEST_BODY(
                clients -> clients.open()
                        .send("POST /shop/ok HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
                        .readAll()
                        .close(),
                "status",
                "end"),
        AN_INVALID_CHUNK(clients -> {
            Client client = clients.open()
                    .send("POST /shop/never HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            clients.upstreamHas("/shop/never");
            client.send("zz\r\n").readAll().close();
        }),
        AN_INVALID_REQUEST(clients ->
                clients.open().send("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n").readAll()),
        AN_INCOMPLETE_HEAD(
                clients -> clients.open().send("GET /a HTTP/1.1\r\nHo").readAll()),
        A_CLIENT_ABORT_IN_THE_HEAD(clients -> {
            Client client = clients.open().send("GET /a HTTP/1.1\r\nHo");
            clients.pause();
            client.close();
        }),
        A_LOCAL_RESPONSE(clients -> clients.open().get("/none").readResponse()),
        A_TUNNEL(clients -> clients.open()
                .send("GET /shop/tunnel HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .readHead()
                .readAll());

        private final int lines;
        private final ClientAction action;
        private final Set<String> differingFields;

        Fault(ClientAction action, String... differingFields) {
            this(1, action, differingFields);
        }

        Fault(int lines, ClientAction action, String... differingFields) {
            this.lines = lines;
            this.action = action;
            this.differingFields = Set.of(differingFields);
        }
    }

    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final long PAUSE_MILLIS = 200;

    private static final String CONFIGURATION = """
            global
              log stdout format raw local0
            defaults
              mode http
              log global
              option httplog
              option abortonclose
              option redispatch
              timeout connect 1s
              timeout client 1s
              timeout server 1s
              timeout queue 500ms
              timeout tunnel 10s
              timeout http-request 1s
              timeout http-keep-alive 10s
            frontend front-door
              bind 127.0.0.1:%1$d
              http-request return status 404 content-type text/plain string none if { path /none }
              use_backend one if { path_beg /one/ }
              use_backend two if { path_beg /two/ }
              use_backend refused if { path_beg /refused/ }
              default_backend shop
            backend shop
              server 127.0.0.1:%2$d 127.0.0.1:%2$d
            backend one
              server 127.0.0.1:%2$d 127.0.0.1:%2$d maxconn 1
            backend refused
              server 127.0.0.1:%3$d 127.0.0.1:%3$d
            backend two
              balance first
              server 127.0.0.1:%3$d 127.0.0.1:%3$d
              server 127.0.0.1:%2$d 127.0.0.1:%2$d
            """;

    private static final String SETTINGS = """
            balancer:
              http: {port: 0}
              limits: {head-time: 1s, body-time: 1s, keep-alive: 10s}
              pools:
                shop: {servers: ["127.0.0.1:%1$d"], check: {type: none}, slow-start: 0s, response-timeout: 1s}
                refused: {servers: ["127.0.0.1:%2$d"], check: {type: none}, slow-start: 0s, queue: {limit: 10, timeout: 500ms}}
                one: {servers: ["127.0.0.1:%1$d"], check: {type: none}, slow-start: 0s, response-timeout: 1s,
                      max-in-flight: 1, queue: {limit: 10, timeout: 500ms}}
                two: {servers: ["127.0.0.1:%2$d", "127.0.0.1:%1$d"], check: {type: none}, slow-start: 0s, algorithm: first}
              routes:
                - {path: /shop/, pool: shop}
                - {path: /one/, pool: one}
                - {path: /two/, pool: two}
                - {path: /refused/, pool: refused}
            """;

    private static final Pattern LINE = Pattern.compile(".*?(?<client>[0-9.]+):(?<port>\\d+) \\[(?<date>[^]]+)] "
            + "(?<frontend>\\S+) (?<backend>[^/ ]+)/(?<server>\\S+) "
            + "(?<TR>-?\\d+)/(?<Tw>-?\\d+)/(?<Tc>-?\\d+)/(?<Tr>-?\\d+)/(?<Ta>-?\\d+) (?<status>-?\\d+) (?<bytes>\\d+) "
            + "(?<cookies>\\S+ \\S+) (?<end>\\S{4}) (?<actconn>\\d+)/(?<feconn>\\d+)/(?<beconn>\\d+)/(?<srvconn>\\d+)/"
            + "(?<retries>\\+?\\d+) (?<queues>\\d+/\\d+) \"(?<request>.*)\"");

    private static final List<String> LITERAL = List.of(
            "client",
            "frontend",
            "backend",
            "server",
            "status",
            "cookies",
            "end",
            "actconn",
            "feconn",
            "beconn",
            "srvconn",
            "retries",
            "queues",
            "request");

    private static final List<String> TIMES = List.of("TR", "Tw", "Tc", "Tr", "Ta");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Vertx vertx = Vertx.vertx();
    private final List<String> theirs = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private Path file = Path.of("");
    private AccessLog<AccessEntry> log;
    private Process haproxy;
    private ServerSocket upstream;
    private int ourPort;
    private int theirPort;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        assumeThat(HAPROXY).isExecutable();
        upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run("upstream", this::accept);
        int refusing = free();
        file = folder.resolve("access.log");
        log = ConfiguredAccessLog.open(
                        new AccessLogSettings(Optional.of(file.toString()), Format.HTTPLOG), "balancer-1")
                .orElseThrow();
        Path settings = Files.writeString(
                folder.resolve("ratemesh.yaml"), SETTINGS.formatted(upstream.getLocalPort(), refusing));
        ourPort = frontDoor(Settings.load(Optional.of(settings), List.of(), Map.of()));
        theirPort = free();
        Path configuration = Files.writeString(
                folder.resolve("haproxy.cfg"), CONFIGURATION.formatted(theirPort, upstream.getLocalPort(), refusing));
        haproxy = new ProcessBuilder(HAPROXY.toString(), "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .start();
        run("HAProxy log reader", () -> {
            BufferedReader lines = haproxy.inputReader(UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (LINE.matcher(line).matches()) {
                    theirs.add(line);
                }
            }
        });
        await().ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), theirPort).close();
            return true;
        });
        await().until(() -> theirs.stream().anyMatch(line -> line.contains("<BADREQ>")));
        after(Fault.A_RESPONSE, theirPort, () -> List.copyOf(theirs));
        after(Fault.A_RESPONSE, ourPort, () -> Files.readAllLines(file));
    }

    @AfterAll
    void close() throws Exception {
        if (haproxy != null) {
            haproxy.destroyForcibly();
        }
        if (log != null) {
            log.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        if (upstream != null) {
            upstream.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void each_field_equals_that_of_HAProxy(Fault fault) throws Exception {
        List<Matcher> theirLines = after(fault, theirPort, () -> List.copyOf(theirs));
        List<Matcher> ourLines = after(fault, ourPort, () -> Files.readAllLines(file));

        for (int i = 0; i < fault.lines; i++) {
            Matcher ours = ourLines.get(i);
            Matcher them = theirLines.get(i);
            String both = "\nours:   " + ours.group() + "\ntheirs: " + them.group();
            assertThat(fields(ours, fault.differingFields)).as(both).isEqualTo(fields(them, fault.differingFields));
            for (String time : without(TIMES, fault.differingFields)) {
                compare(time + both, Long.parseLong(ours.group(time)), Long.parseLong(them.group(time)));
            }
            long parts = TIMES.subList(0, 4).stream()
                    .mapToLong(time -> Math.max(0, Long.parseLong(ours.group(time))))
                    .sum();
            assertThat(parts).as("parts of Ta" + both).isLessThanOrEqualTo(Long.parseLong(ours.group("Ta")));
        }
    }

    /** -1 for the same, and the same order of magnitude. */
    private static void compare(String about, long ours, long theirs) {
        if (theirs < 0) {
            assertThat(ours).as(about).isEqualTo(-1);
        } else {
            assertThat(ours).as(about).isBetween(Math.max(0, theirs / 2 - 150), theirs * 2 + 1500);
        }
    }

    private static Map<String, String> fields(Matcher line, Set<String> differingFields) {
        Map<String, String> fields = new TreeMap<>();
        without(LITERAL, differingFields).forEach(name -> fields.put(name, line.group(name)));
        return fields;
    }

    private static List<String> without(List<String> names, Set<String> differingFields) {
        return names.stream().filter(name -> !differingFields.contains(name)).toList();
    }

    private interface Lines {
        List<String> read() throws IOException;
    }

    private List<Matcher> after(Fault fault, int port, Lines log) throws IOException {
        seen.clear();
        int before = log.read().size();
        Instant began = Instant.now();
        List<Matcher> lines = new ArrayList<>();
        try (Clients clients = new Clients(port, seen)) {
            fault.action.on(clients);
            await().until(() -> log.read().size() >= before + fault.lines);
            for (String text : log.read().subList(before, before + fault.lines)) {
                Matcher line = LINE.matcher(text);
                assertThat(line.matches()).as(text).isTrue();
                assertThat(LocalDateTime.parse(line.group("date"), DATE)
                                .atZone(ZoneId.systemDefault())
                                .toInstant())
                        .isBetween(began.minusMillis(50), Instant.now());
                assertThat(clients.ports()).contains(Integer.valueOf(line.group("port")));
                lines.add(line);
            }
        }
        return lines;
    }

    private int frontDoor(Settings settings) throws Exception {
        ListenerContext listeners = ListenerContext.open(vertx, new OpsEvents(vertx, "balancer-1"), settings.balancer())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        vertx.deployVerticle(new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        Listener listener = listeners.listeners().get(0);
                        ListenerCounts counts = listener.addLoop();
                        AccessLogWriter writer = new AccessLogWriter(log.newQueue());
                        Map<String, Proxy> proxies = new HashMap<>();
                        for (PoolSettings each : settings.balancer().pools()) {
                            Pool pool = new Pool(each, System::nanoTime);
                            proxies.put(
                                    each.name(),
                                    new Proxy(
                                            vertx,
                                            new PoolOnLoop(pool),
                                            ProxySettings.of(0).withLog(writer.of(pool, request -> listener))));
                        }
                        Optional<ListenerLog> listenerLog = Optional.of(writer.at(listener));
                        RequestRouter router = new RequestRouter(
                                vertx,
                                AssetHandler.none(),
                                Optional.empty(),
                                request -> request.response().end("ok"),
                                counts,
                                listenerLog);
                        router.use(RoutingTable.of(
                                settings.balancer().routes(),
                                route -> RouteAction.of(
                                        route,
                                        null,
                                        null,
                                        name -> Objects.requireNonNull(proxies.get(name)),
                                        TrustedProxies.NONE)));
                        return ListenFixture.open(
                                vertx,
                                listeners,
                                each -> new CountingListenerEvents(counts, listenerLog),
                                each -> router);
                    }
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return listeners.port(ListenerProtocol.HTTP);
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Runs the work until its connection is closed. */
    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The connection is closed.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = upstream.accept();
            run("connection", () -> {
                try (socket) {
                    serve(socket);
                }
            });
        }
    }

    private void serve(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        for (String head = head(in); !head.isEmpty(); head = head(in)) {
            String path = head.split(" ", -1)[1].replaceFirst("\\?.*", "");
            seen.add(path);
            int body = length(head);
            if (in.readNBytes(body).length < body) {
                return;
            }
            String response = switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "ok" -> "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + (head.startsWith("HEAD") ? "" : "body");
                case "chunked" -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";
                case "slow" -> {
                    sleep(PAUSE_MILLIS);
                    yield "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody";
                }
                case "garbage" -> "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody";
                case "midway", "stalls" -> "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome";
                case "large" -> "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n";
                case "tunnel" ->
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\nhello";
                case "never", "closes" -> "";
                default -> "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
            };
            socket.getOutputStream().write(response.getBytes(ISO_8859_1));
            if (path.endsWith("/never") || path.endsWith("/stalls")) {
                in.readAllBytes();
            } else if (path.endsWith("/large")) {
                for (int i = 0; i < 1000; i++) {
                    socket.getOutputStream().write(new byte[100_000]);
                }
            } else if (path.endsWith("/midway")) {
                sleep(PAUSE_MILLIS);
                return;
            } else if (path.endsWith("/closes") || path.endsWith("/garbage") || path.endsWith("/tunnel")) {
                return;
            }
        }
    }

    /** Waits, where a delay is part of the fault. */
    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int value = in.read();
            if (value < 0) {
                return "";
            }
            head.append((char) value);
        }
        return head.toString();
    }

    private static int length(String head) {
        Matcher length = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)").matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** All connections of one fault; they stay open until the lines are written. */
    private static final class Clients implements AutoCloseable {

        private final int port;
        private final List<String> seen;
        private final List<Client> open = new ArrayList<>();

        Clients(int port, List<String> seen) {
            this.port = port;
            this.seen = seen;
        }

        Client open() throws IOException {
            Client client = new Client(port);
            open.add(client);
            return client;
        }

        List<Integer> ports() {
            return open.stream().map(client -> client.localPort).toList();
        }

        void upstreamHas(String path) {
            await().until(() -> seen.contains(path));
        }

        void pause() {
            sleep(PAUSE_MILLIS);
        }

        @Override
        public void close() {
            open.forEach(client -> {
                try {
                    client.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static final class Client {

        private final Socket socket;
        private final int localPort;

        Client(int port) throws IOException {
            socket = new Socket();
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(10_000);
            localPort = socket.getLocalPort();
        }

        Client send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        }

        Client get(String target) throws IOException {
            return send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }

        Client readHead() throws IOException {
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.");
            return this;
        }

        Client readResponse() throws IOException {
            InputStream in = socket.getInputStream();
            String head = head(in);
            assertThat(head).startsWith("HTTP/1.");
            if (head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
                StringBuilder body = new StringBuilder();
                while (body.indexOf("0\r\n\r\n") < 0) {
                    body.append((char) in.read());
                }
            } else {
                in.readNBytes(length(head));
            }
            return this;
        }

        Client readAll() throws IOException {
            try {
                socket.getInputStream().readAllBytes();
            } catch (SocketException reset) {
                // This closes the connection as well.
            }
            return this;
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
