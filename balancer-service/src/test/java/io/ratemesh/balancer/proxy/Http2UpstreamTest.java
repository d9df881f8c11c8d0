package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.settings.ConnectionSettings;
import io.ratemesh.node.settings.ConnectionSettings.HttpVersion;
import io.ratemesh.node.settings.PoolTlsSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 to Node.js, nginx and nghttp2's server. The client of the balancer speaks HTTP/1.1. */
@Timeout(90)
class Http2UpstreamTest {

    @TempDir
    private Path folder = Path.of("");

    private final ProxyFixture fixture = new ProxyFixture();
    private final Set<ServerProgram> programs = new HashSet<>();

    @BeforeEach
    void unpack() throws IOException {
        try (InputStream in = Http2UpstreamTest.class.getResourceAsStream("/http2-server.js")) {
            Files.write(
                    folder.resolve("http2-server.js"),
                    Objects.requireNonNull(in).readAllBytes());
        }
        fixture.pool.use(new UpstreamTransport(Optional.empty(), Optional.empty(), HttpVersion.HTTP_2));
    }

    @AfterEach
    void close() {
        fixture.close();
        programs.forEach(ServerProgram::close);
    }

    @Test
    void a_request_has_the_same_fields_as_over_HTTP_1() throws Exception {
        node("a");

        JsonObject fields = new JsonObject(fixture.client
                .send(
                        HttpRequest.newBuilder(fixture.uri("/fields"))
                                .header("X-Own", "kept")
                                .header("TE", "trailers")
                                .build(),
                        BodyHandlers.ofString())
                .body());

        assertThat(fields.getString(":authority")).isEqualTo("127.0.0.1:" + fixture.port());
        assertThat(fields.getString(":scheme")).isEqualTo("http");
        assertThat(fields.getString("x-own")).isEqualTo("kept");
        assertThat(fields.getString("te")).isEqualTo("trailers");
        assertThat(fields.getString("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(fields.fieldNames()).doesNotContain("connection", "transfer-encoding", "host", "upgrade");
    }

    @Test
    void bodies_and_trailers_are_relayed() throws Exception {
        node("a");
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;

        assertThat(fixture.client
                        .send(
                                HttpRequest.newBuilder(fixture.uri("/echo"))
                                        .POST(BodyPublishers.ofByteArray(large))
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(large);
        assertThat(get("/large").body()).hasSize(8_000_000);
        assertThat(fixture.raw("GET /trailers HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n", "\r\n0\r\n"))
                .contains("content");
        assertThat(fixture.raw("GET /trailers HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n", "kept"))
                .contains("checksum: kept");
        assertThat(fixture.raw("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_client_that_takes_nothing_holds_back_its_own_stream_only() throws Exception {
        node("a");

        try (RawClient stalled = new RawClient(fixture.port())) {
            stalled.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            stalled.readTo("\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                assertThat(get("/large").body()).hasSize(8_000_000);
            }
        }
    }

    @Test
    void requests_share_a_connection_up_to_what_the_server_allows() throws Exception {
        node("a");

        // The response ends with the number of connections.
        assertThat(all(30, "/slow").stream().distinct()).hasSize(1);
    }

    @Test
    void the_servers_limit_of_streams_is_respected() throws Exception {
        node("narrow");

        assertThat(all(20, "/slow")).hasSize(20).allMatch(body -> body.startsWith("narrow "));
    }

    @Test
    void a_refused_request_is_sent_to_another_server_with_its_body() throws Exception {
        node("refuses");
        node("b");

        for (int i = 0; i < 6; i++) {
            HttpResponse<String> response = fixture.client.send(
                    HttpRequest.newBuilder(fixture.uri("/echo"))
                            .POST(BodyPublishers.ofString("body " + i))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("body " + i);
        }
    }

    @Test
    void where_all_refuse_the_client_learns_it_soon() throws Exception {
        node("refuses");

        assertThat(get("/").statusCode()).isEqualTo(502);
    }

    @Test
    void a_stream_that_is_reset_ends_the_response_visibly() throws Exception {
        node("a");

        assertThatThrownBy(() -> get("/broken")).isInstanceOf(IOException.class);
        assertThat(get("/").body()).isEqualTo("a");
    }

    @Test
    void no_request_fails_when_one_of_two_servers_is_killed() throws Exception {
        ServerProgram killed = node("killed");
        node("stays");

        for (int i = 0; i < 200; i++) {
            if (i == 50) {
                killed.kill();
            }
            assertThat(get("/" + i).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_server_that_speaks_only_HTTP_1_is_a_failed_connection() throws Exception {
        int port = ServerProgram.freePort();
        programs.add(ServerProgram.nginx(
                folder, port, "server { listen 127.0.0.1:" + port + "; location / { return 200 never; } }"));
        Upstream upstream = fixture.up("a", port);

        assertThat(get("/").statusCode()).isEqualTo(503);
        assertThat(upstream.state().isServing()).isFalse();
    }

    @Test
    void with_auto_the_server_chooses() throws Exception {
        OpenSslFiles files = new OpenSslFiles(folder);
        files.sign("site", "IP:127.0.0.1");
        int two = ServerProgram.freePort();
        int one = ServerProgram.freePort();
        String tls =
                "ssl_certificate site.pem; ssl_certificate_key site.key; location / { return 200 $server_protocol; }";
        programs.add(ServerProgram.nginx(
                folder, two, "server { listen 127.0.0.1:" + two + " ssl http2; keepalive_requests 20; " + tls + " }"));
        programs.add(ServerProgram.nginx(folder, one, "server { listen 127.0.0.1:" + one + " ssl; " + tls + " }"));
        use(files, HttpVersion.AUTO);

        Upstream first = fixture.up("a", two);
        for (int i = 0; i < 50; i++) {
            // nginx sends a GOAWAY after each twentieth request.
            assertThat(get("/").body()).isEqualTo("HTTP/2.0");
        }
        assertThat(all(60, "/")).hasSize(60).containsOnly("HTTP/2.0");
        fixture.pool.remove(first);
        fixture.up("b", one);
        assertThat(all(30, "/")).hasSize(30).containsOnly("HTTP/1.1");
    }

    @Test
    void an_upgrade_goes_over_HTTP_1() throws Exception {
        OpenSslFiles files = new OpenSslFiles(folder);
        files.sign("site", "IP:127.0.0.1");
        int port = ServerProgram.freePort();
        programs.add(ServerProgram.start(folder, port, "node", "http2-server.js", String.valueOf(port), "tls", "site"));
        fixture.up("a", port);
        use(files, HttpVersion.AUTO);
        assertThat(get("/").body()).isEqualTo("tls");

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            client.send("back and forth");
            assertThat(client.readTo("forth")).isEqualTo("back and forth");
        }
    }

    @Test
    void nghttpd_serves_files() throws Exception {
        int port = ServerProgram.freePort();
        Files.writeString(folder.resolve("page.html"), "a page");
        programs.add(ServerProgram.start(
                folder, port, "nghttpd", "--no-tls", "-a", "127.0.0.1", "-d", folder.toString(), String.valueOf(port)));
        fixture.up("a", port);

        assertThat(get("/page.html").body()).isEqualTo("a page");
    }

    private void use(OpenSslFiles files, HttpVersion version) {
        PoolTlsSettings tls = new PoolTlsSettings(
                Optional.of(files.file("ca.pem")), Optional.empty(), true, Optional.empty(), Optional.empty());
        fixture.pool.use(UpstreamTransport.read(PoolFixture.with(
                PoolFixture.PLAIN,
                new ConnectionSettings(Optional.of(tls), version, Optional.empty()),
                PoolFixture.PLAIN.check())));
    }

    private ServerProgram node(String name) throws IOException {
        int port = ServerProgram.freePort();
        ServerProgram program =
                ServerProgram.start(folder, port, "node", "http2-server.js", String.valueOf(port), name);
        programs.add(program);
        fixture.up(name, port);
        return program;
    }

    /** The bodies of so many requests at once. */
    private List<String> all(int count, String target) {
        List<CompletableFuture<String>> responses = IntStream.range(0, count)
                .mapToObj(i -> fixture.client
                        .sendAsync(HttpRequest.newBuilder(fixture.uri(target)).build(), BodyHandlers.ofString())
                        .thenApply(response -> response.statusCode() == 200 ? response.body() : response.toString()))
                .toList();
        return responses.stream().map(CompletableFuture::join).toList();
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return fixture.client.send(HttpRequest.newBuilder(fixture.uri(target)).build(), BodyHandlers.ofString());
    }
}
