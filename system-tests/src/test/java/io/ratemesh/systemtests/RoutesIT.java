package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.client.Program;
import io.ratemesh.systemtests.cluster.StatsPort;
import io.ratemesh.systemtests.process.Jvm;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.ServiceJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes of a balancer in front of a real nginx, which responds with what it received. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoutesIT {

    private static final Program NGINX = new Program("nginx", "nginx");
    private static final Pattern COOKIE = Pattern.compile(
            "(?i)set-cookie: SRV=([A-Za-z0-9_-]{22}); Path=/sticky/; Max-Age=3600; HttpOnly; SameSite=Lax\n");
    private static final Program OPENSSL = new Program("openssl", "openssl");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final PortBlock ports = PortBlock.find();
    private final int upstream = ports.next();
    private final int closed = ports.next();
    private final int first = ports.next();
    private final int second = ports.next();
    private final int http = ports.next();
    private final int stats = ports.next();
    private final int held = ports.next();
    private final Path folder;
    private final Process nginx;
    private final Jvm balancer;

    RoutesIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, """
                daemon off; master_process off; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
                events {}
                http {
                  access_log off;
                  server {
                    listen 127.0.0.1:%2$d;
                    default_type text/plain;
                    add_header X-Note from-nginx always;
                    add_header Set-Cookie a=1; add_header Set-Cookie b=2;
                    location /cached/ { add_header Cache-Control max-age=60; return 200 "$request_id"; }
                    location / {
                      return 200 "$request_method $request_uri|host=$http_host|client=$http_x_client|debug=$http_x_debug|prefix=$http_x_forwarded_prefix|id=$http_x_request_id|user=$http_remote_user";
                    }
                    location = /verify {
                      add_header X-Asked "$request_method $http_x_forwarded_method $http_x_forwarded_proto $http_x_forwarded_host $http_x_forwarded_uri $http_x_forwarded_for $content_length" always;
                      if ($http_authorization = "Bearer right") { add_header Remote-User anna; return 204; }
                      return 401 "who?";
                    }
                  }
                  server { listen 127.0.0.1:%3$d; location / { return 200 "first"; } }
                  server { listen 127.0.0.1:%4$d; location / { return 200 "second"; } }
                }
                """.formatted(folder, upstream, first, second));
        nginx = NGINX.start(folder.resolve("nginx.out"), "-c", config.toString());
        Files.writeString(folder.resolve("503.html"), "<!doctype html><title>Sorry</title>");
        Files.writeString(
                folder.resolve("users"),
                "anna:" + openssl("-6", "secret") + "\nben:" + openssl("-apr1", "geheim") + "\n# a comment\n");
        writeSettings("202");
        balancer = Jvm.start(
                "routes",
                ServiceJar.BALANCER,
                folder,
                List.of("--config", folder.resolve("ratemesh.yaml").toString()));
        await("it routes")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> get("/", "a.org").startsWith("HTTP/1.1 200"));
    }

    @AfterAll
    void stop() {
        balancer.close();
        nginx.destroy();
    }

    private void writeSettings(String status) throws IOException {
        Files.writeString(folder.resolve("ratemesh.yaml"), """
                cluster: {enabled: false}
                balancer:
                  http: {bind: 127.0.0.1, port: %d}
                  stats: {port: %d, password-file: %s}
                  error-pages: {503: %s}
                  pools:
                    web: {servers: ["127.0.0.1:%d"]}
                    sticky: {servers: ["127.0.0.1:%d", "127.0.0.1:%d"], algorithm: round-robin,
                      affinity: {cookie: SRV, max-age: 1h, path: /sticky/}}
                    hashed: {servers: ["127.0.0.1:%d", "127.0.0.1:%d"], affinity: {header: X-User}}
                    closed: {servers: ["127.0.0.1:%d"], queue: {timeout: 50ms}}
                    held: {servers: ["127.0.0.1:%d"], check: {type: none}}
                  routes:
                    - {path: /, pool: web}
                    - {path: /gone/, pool: closed}
                    - {host: "*.example.com", path: /shop/, pool: web, strip-prefix: /shop,
                       request-headers: {set: {X-Client: "${client.address} ${server} ${scheme} ${path}${query} ${request.id}", Host: inner.example}, remove: [X-Debug]},
                       response-headers: {set: {X-Frame-Options: DENY, X-Id: "${request.id}"}, add: {Set-Cookie: c=3}, remove: [Server, X-Note]}}
                    - {path: /items/, method: GET, pool: web, rewrite: {regex: "/items/([0-9]+)", to: "/item?id=$1"}}
                    - {path: /old/, redirect: {to: "/new${path}${query}", status: 308}, response-headers: {set: {X-Host: "${host}"}}}
                    - {path: /sticky/, pool: sticky}
                    - {path: /hashed/, pool: hashed}
                    - {path: /denied/, pool: web, deny: ["127.0.0.0/8"]}
                    - {path: /private/, pool: web, allow: ["127.0.0.1"], basic-auth: {users-file: %s, realm: Shop}}
                    - {path: /elsewhere/, pool: web, allow: ["192.0.2.0/24"]}
                    - {path: /limited/, pool: web, rate-limit: {requests-per-second: 1, burst: 3}}
                    - {path: /cached/, pool: web, cache: {max-size: 1MiB}}
                    - {path: /cached/, method: POST, pool: web}
                    - {path: /by-key/, pool: web, rate-limit: {requests-per-second: 1, burst: 1, header: X-Key}}
                    - {path: /one-at-once/, pool: held, concurrency-limit: {requests: 9, requests-per-client: 1}}
                    - {path: /small/, pool: web, max-body: 10B}
                    - {path: /upgrade/, pool: held, upgrades: [websocket, foo/2]}
                    - {path: /asked/, pool: web, forward-auth: {url: "http://127.0.0.1:%d/verify", copy-headers: [Remote-User]}}
                    - {path: /unasked/, pool: web, forward-auth: {url: "http://127.0.0.1:%d/verify"}}
                    - {exact: /teapot, respond: {status: 418, body: "short and stout"}}
                    - {exact: /status, respond: {status: %s}}
                """.formatted(
                        http,
                        stats,
                        folder.resolve("password"),
                        folder.resolve("503.html"),
                        upstream,
                        first,
                        second,
                        first,
                        second,
                        closed,
                        held,
                        folder.resolve("users"),
                        upstream,
                        closed,
                        status));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /shop/a?b=1, www.example.com, GET /a?b=1|host=inner.example|",
        "GET /shop, www.example.com, GET /|host=inner.example|",
        "GET /shop/a, example.com, GET /shop/a|host=example.com|",
        "GET /items/42?page=2, a.org, GET /item?id=42&page=2|host=a.org|",
        "DELETE /items/42, a.org, DELETE /items/42|host=a.org|",
        "GET /items/x, a.org, GET /items/x|host=a.org|",
        "GET /teapot/, a.org, GET /teapot/|host=a.org|",
    })
    void host_path_and_method_decide_and_the_path_is_changed(String request, String host, String received)
            throws IOException {
        String[] words = request.split(" ");

        assertThat(send(words[0], words[1], host)).contains("\n\n" + received);
    }

    @Test
    void fields_of_the_request_are_set_and_removed() throws IOException {
        String response =
                send("GET", "/shop/a?b=1", "www.example.com", "X-Debug: 1", "X-Client: forged", "X-Request-Id: me");

        assertThat(response)
                .contains("|client=127.0.0.1 127.0.0.1:" + upstream + " http /a?b=1 me|debug=|prefix=/shop|id=me")
                .contains("\nX-Id: me\n");
        assertThat(send("GET", "/", "a.org", "X-Debug: 1", "X-Client: own", "X-Forwarded-Prefix: /forged"))
                .contains("|client=own|debug=1|prefix=|");
    }

    @Test
    void fields_of_the_response_are_set_added_and_removed() throws IOException {
        assertThat(get("/shop/", "www.example.com"))
                .contains(
                        "\nX-Frame-Options: DENY\n",
                        "\nSet-Cookie: a=1\n",
                        "\nSet-Cookie: b=2\n",
                        "\nSet-Cookie: c=3\n")
                .doesNotContain("nginx");
        assertThat(get("/", "a.org")).contains("\nX-Note: from-nginx\n").doesNotContain("DENY");
    }

    @Test
    void a_route_redirects_or_responds() throws IOException {
        assertThat(get("/old/a?b=1", "a.org:8080"))
                .startsWith("HTTP/1.1 308 ")
                .contains("\nlocation: /new/old/a?b=1\n", "\nX-Host: a.org:8080\n");
        assertThat(get("/teapot", "a.org"))
                .startsWith("HTTP/1.1 418 ")
                .contains("text/plain; charset=utf-8")
                .endsWith("\n\nshort and stout\n");
        assertThat(send("HEAD", "/teapot", "a.org"))
                .startsWith("HTTP/1.1 418 ")
                .contains("content-length: 15")
                .doesNotContain("stout");
        assertThat(send("POST", "/teapot", "a.org", "Content-Length: 0")).startsWith("HTTP/1.1 418 ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /denied/, '', 403",
        "GET //denied/, '', 403",
        "GET /%64enied/, '', 403",
        "GET /%2Fdenied%2f, '', 403",
        "GET /elsewhere/, '', 403",
        "GET /private/, '', 401",
        "GET /private/, anna:secret, 200",
        "GET /private/, anna:secret, 200",
        "POST /private/, ben:geheim, 200",
        "GET /private/, ben:secret, 401",
        "GET /private/, eve:secret, 401",
        "GET /private/, anna, 401",
    })
    void only_those_who_may_reach_a_server(String request, String user, int status) throws IOException {
        String[] words = request.split(" ");
        String credentials = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        String response = user.isEmpty()
                ? send(words[0], words[1], "a.org")
                : send(words[0], words[1], "a.org", "Authorization: Basic " + credentials, "Content-Length: 0");

        assertThat(response).startsWith("HTTP/1.1 " + status + " ");
        assertThat(response.contains("X-Note")).isEqualTo(status == 200);
        assertThat(response.contains("WWW-Authenticate: Basic realm=\"Shop\"")).isEqualTo(status == 401);
    }

    @Test
    void a_client_stays_at_its_server_until_that_drains() throws IOException {
        String response = get("/sticky/", "a.org");
        Matcher set = COOKIE.matcher(response);
        assertThat(set.find()).as(response).isTrue();
        String cookie = "Cookie: a=b; SRV=" + set.group(1);
        boolean atFirst = response.endsWith("first\n");

        for (int i = 0; i < 10; i++) {
            assertThat(send("GET", "/sticky/", "a.org", cookie))
                    .endsWith(atFirst ? "first\n" : "second\n")
                    .doesNotContain("Set-Cookie");
        }
        assertThat(send("GET", "/sticky/", "a.org", "Cookie: SRV=forged")).containsPattern(COOKIE);

        order(atFirst ? first : second, "drain");
        String moved = send("GET", "/sticky/", "a.org", cookie);
        assertThat(moved).endsWith(atFirst ? "second\n" : "first\n").containsPattern(COOKIE);
        order(atFirst ? first : second, "ready");
        await("it is at its server again")
                .atMost(SOON)
                .until(() -> send("GET", "/sticky/", "a.org", cookie).endsWith(atFirst ? "first\n" : "second\n"));
    }

    @Test
    void requests_with_the_same_field_go_to_the_same_server() throws IOException {
        Set<String> servers = new HashSet<>();
        for (int user = 0; user < 40; user++) {
            String response = send("GET", "/hashed/", "a.org", "X-User: " + user);
            servers.add(response.substring(response.lastIndexOf("\n\n")));

            assertThat(send("GET", "/hashed/", "a.org", "X-User: " + user))
                    .endsWith(response.substring(response.lastIndexOf("\n\n")));
        }
        assertThat(servers).hasSize(2);
    }

    @Test
    void a_stored_response_is_sent_until_it_is_purged_or_an_unsafe_request_succeeds() throws IOException {
        String first = get("/cached/a", "a.org");
        String content = first.substring(first.lastIndexOf("\n\n"));
        assertThat(first).contains("Cache-Status: ratemesh; fwd=miss; stored\n");
        assertThat(get("/cached/a", "a.org"))
                .contains("Cache-Status: ratemesh; hit; ttl=")
                .endsWith(content);
        for (String order : List.of("{\"url\":\"http://a.org/cached/a\"}", "{\"route\":\"/cached/\"}")) {
            assertThat(statsPort().post("/admin/cache/purge", order).body()).isEqualTo("{\"purged\":1}");
            assertThat(get("/cached/a", "a.org"))
                    .contains("; fwd=miss; stored\n")
                    .doesNotContain(content);
        }
        assertThat(send("POST", "/cached/a", "a.org", "Content-Length: 0"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("Cache-Status");
        assertThat(get("/cached/a", "a.org")).contains("; fwd=miss; stored\n");
        assertThat(statsPort().get("/metrics").body())
                .containsPattern("ratemesh_cache_requests_total\\{result=\"hit\",route=\"/cached/\"} 1\\.0");
    }

    private StatsPort statsPort() {
        return new StatsPort(URI.create("http://127.0.0.1:" + stats), folder.resolve("password"));
    }

    private void order(int port, String state) {
        assertThat(statsPort()
                        .post("/admin/pools/sticky/servers/127.0.0.1:" + port, "{\"state\":\"" + state + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_body_waits_for_the_check_of_the_password() throws IOException {
        String credentials = Base64.getEncoder().encodeToString("ben:geheim".getBytes(StandardCharsets.UTF_8));
        try (Socket socket = new Socket("127.0.0.1", http)) {
            socket.setSoTimeout(10_000);
            String head =
                    "POST /private/%s HTTP/1.1\r\nHost: a.org\r\nContent-Length: 5\r\nAuthorization: Basic %s\r\n%s\r\nhello";
            socket.getOutputStream()
                    .write((head.formatted("one", credentials, "")
                                    + head.formatted("two", credentials, "Connection: close\r\n"))
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("POST /private/one|", "POST /private/two|");
        }
    }

    @Test
    void a_client_over_the_rate_of_a_route_waits_and_others_routes_are_not_affected() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(get("/limited/", "a.org")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(get("/limited/", "a.org")).startsWith("HTTP/1.1 429 ").containsPattern("Retry-After: [12]\n");
        assertThat(get("/", "a.org")).startsWith("HTTP/1.1 200 ");
        await("a token").atMost(SOON).until(() -> get("/limited/", "a.org").startsWith("HTTP/1.1 200 "));
    }

    @Test
    void the_value_of_a_field_may_tell_clients_apart() throws IOException {
        assertThat(send("GET", "/by-key/", "a.org", "X-Key: one")).startsWith("HTTP/1.1 200 ");
        assertThat(send("GET", "/by-key/", "a.org", "X-Key: one")).startsWith("HTTP/1.1 429 ");
        assertThat(send("GET", "/by-key/", "a.org", "X-Key: two")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_client_over_its_requests_at_once_is_rejected_until_one_ends() throws IOException {
        try (ServerSocket server = new ServerSocket(held, 50, InetAddress.getLoopbackAddress());
                Socket client = open("GET /one-at-once/ HTTP/1.1\r\nHost: a.org\r\nConnection: close\r\n\r\n");
                Socket underWay = server.accept()) {
            assertThat(get("/one-at-once/", "a.org"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Too many requests are under way", "\nRetry-After: 1\n");

            underWay.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
            server.setSoTimeout(10_000);
            try (Socket next = open("GET /one-at-once/ HTTP/1.1\r\nHost: a.org\r\n\r\n");
                    Socket admitted = server.accept()) {
                assertThat(admitted.getInputStream().read()).isEqualTo('G');
                assertThat(next.isConnected()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 10, 0123456789, 200",
        "Content-Length: 11, 01234567890, 413",
        "Content-Length: 9223372036854775807, 0, 413",
        "Transfer-Encoding: chunked, 'a\r\n0123456789\r\n0\r\n\r\n', 200",
        "Transfer-Encoding: chunked, '8\r\n01234567\r\n3\r\n890\r\n0\r\n\r\n', 413",
    })
    void a_body_over_the_limit_of_a_route_is_rejected(String framing, String body, int status) throws IOException {
        try (Socket socket = open("POST /small/ HTTP/1.1\r\nHost: a.org\r\nConnection: close\r\n" + framing + "\r\n\r\n"
                + body.replace("\\r\\n", "\r\n"))) {
            byte[] start = socket.getInputStream().readNBytes(12);

            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/upgrade/, GET, foo/2, 101",
        "/upgrade/, GET, FOO/2, 101",
        "/upgrade/, POST, foo/2, none",
        "/upgrade/, GET, bar, none",
        "/one-at-once/, GET, foo/2, none",
    })
    void a_connection_switches_to_the_protocols_of_its_route(String path, String method, String protocol, String status)
            throws IOException {
        try (ServerSocket server = new ServerSocket(held, 50, InetAddress.getLoopbackAddress());
                Socket client = open(method + " " + path
                        + " HTTP/1.1\r\nHost: a.org\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n\r\n");
                Socket upstream = server.accept()) {
            upstream.setSoTimeout(10_000);
            String head = head(upstream);
            assertThat(head.contains("\r\nUpgrade: " + protocol + "\r\n")).isEqualTo(status.equals("101"));
            if (status.equals("101")) {
                upstream.getOutputStream()
                        .write(("HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: " + protocol
                                        + "\r\n\r\nhello")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(head(client)).startsWith("HTTP/1.1 101 ").containsIgnoringCase("\r\nUpgrade: " + protocol);
                assertThat(client.getInputStream().readNBytes(5))
                        .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().write("bye".getBytes(StandardCharsets.US_ASCII));
                assertThat(upstream.getInputStream().readNBytes(3))
                        .isEqualTo("bye".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static String head(Socket from) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = from.getInputStream().read();
            assertThat(next).as(head.toString()).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    @Test
    void another_server_decides_and_names_the_user() throws IOException {
        assertThat(send("POST", "/asked/a?b=1", "a.org", "Remote-User: eve", "Content-Length: 5\r\n\r\nhello"))
                .startsWith("HTTP/1.1 401 ")
                .contains("X-Asked: GET POST http a.org /asked/a?b=1 127.0.0.1\n")
                .endsWith("\n\nwho?\n");
        assertThat(send("GET", "/asked/", "a.org", "Authorization: Bearer right", "Remote-User: eve"))
                .startsWith("HTTP/1.1 200 ")
                .contains("|user=anna")
                .doesNotContain("eve");
        assertThat(send("GET", "/unasked/", "a.org", "Accept: application/json"))
                .startsWith("HTTP/1.1 503 ")
                .contains("authentication-unavailable");
    }

    @Test
    void browsers_get_the_operators_page_and_programs_a_problem() throws IOException {
        assertThat(get("/gone/", "a.org")).startsWith("HTTP/1.1 503 ").contains("<title>Sorry</title>");
        assertThat(send("GET", "/gone/", "a.org", "Accept: application/json"))
                .startsWith("HTTP/1.1 503 ")
                .contains("none-available");
    }

    @Test
    void a_reload_takes_routes_as_a_whole_or_not_at_all() throws Exception {
        Path settings = folder.resolve("ratemesh.yaml");
        writeSettings("203");
        hangup();
        await("the new route").atMost(SOON).until(() -> get("/status", "a.org").startsWith("HTTP/1.1 203 "));

        writeSettings("204");
        Files.writeString(settings, Files.readString(settings).replace("503.html", "none.html"));
        hangup();
        await("the fault")
                .atMost(SOON)
                .until(() -> Files.readString(balancer.log()).contains("balancer.error-pages.503: "));
        assertThat(get("/status", "a.org")).startsWith("HTTP/1.1 203 ");
        assertThat(get("/gone/", "a.org")).contains("<title>Sorry</title>");
    }

    private static String openssl(String algorithm, String password) throws IOException {
        Process passwd = OPENSSL.start(Path.of("/dev/null"), "passwd", algorithm, password);
        return new String(passwd.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    private void hangup() throws Exception {
        assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(balancer.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private String get(String target, String host) throws IOException {
        return send("GET", target, host);
    }

    private Socket open(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", http);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The whole response, with line feeds alone; a socket of its own, so that any Host can be sent. */
    private String send(String method, String target, String host, String... fields) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", http)) {
            socket.setSoTimeout(10_000);
            String more = List.of(fields).stream().map(field -> field + "\r\n").collect(Collectors.joining());
            socket.getOutputStream()
                    .write((method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + more
                                    + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .lines()
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
        }
    }
}
