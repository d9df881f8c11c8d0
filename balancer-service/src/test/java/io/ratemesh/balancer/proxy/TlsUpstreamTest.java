package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.health.HealthChecker;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.ConnectionSettings;
import io.ratemesh.node.settings.ConnectionSettings.HttpVersion;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.PoolTlsSettings;
import io.ratemesh.node.settings.SettingsException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS to servers of other people: nginx and Node.js, with certificates that openssl made. */
@Timeout(60)
class TlsUpstreamTest {

    private static final PoolTlsSettings PUBLIC =
            new PoolTlsSettings(Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty());

    @TempDir
    private Path folder = Path.of("");

    private OpenSslFiles files;

    private final ProxyFixture fixture = new ProxyFixture();
    private final Set<ServerProgram> programs = new HashSet<>();

    @BeforeEach
    void certificates() throws Exception {
        files = new OpenSslFiles(folder);
        files.sign("site", "DNS:shop.internal");
        files.sign("address", "IP:127.0.0.1");
        files.sign("client", "DNS:balancer.internal");
    }

    @AfterEach
    void close() {
        fixture.close();
        programs.forEach(ServerProgram::close);
    }

    @Test
    void the_name_of_the_settings_is_sent_and_verified_and_connections_are_kept() throws Exception {
        fixture.up("a", nginx("site", "return 200 '$ssl_server_name $server_protocol $connection';"));
        use(trusting("ca.pem", Optional.of("shop.internal")));

        String first = get("/").body();

        assertThat(first).startsWith("shop.internal HTTP/1.1 ");
        assertThat(get("/").body()).isEqualTo(first);
    }

    @Test
    void without_a_name_the_certificate_must_be_for_the_address() throws Exception {
        fixture.up("a", nginx("address", "return 200 well;"));
        use(trusting("ca.pem", Optional.empty()));

        assertThat(get("/").body()).isEqualTo("well");
    }

    @Test
    void a_certificate_for_another_name_is_not_trusted() throws Exception {
        Upstream upstream = fixture.up("a", nginx("site", "return 200 never;"));
        use(trusting("ca.pem", Optional.of("other.internal")));

        assertThat(get("/").statusCode()).isEqualTo(503);
        assertThat(checked(upstream, CheckSettings.Kind.HTTP))
                .returns(Outcome.TLS_FAILED, CheckResult::outcome)
                .extracting(CheckResult::detail)
                .asString()
                .startsWith("certificate not trusted: ")
                .contains("other.internal");
    }

    @Test
    void a_certificate_of_an_unknown_CA_is_not_trusted() throws Exception {
        Upstream upstream = fixture.up("a", nginx("address", "return 200 never;"));
        use(PUBLIC);

        assertThat(get("/").statusCode()).isEqualTo(503);
        assertThat(checked(upstream, CheckSettings.Kind.TCP))
                .returns(Outcome.TLS_FAILED, CheckResult::outcome)
                .extracting(CheckResult::detail)
                .asString()
                .startsWith("certificate not trusted: ");
    }

    @Test
    void any_certificate_is_accepted_where_none_is_verified() throws Exception {
        fixture.up("a", nginx("site", "return 200 well;"));
        use(new PoolTlsSettings(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty()));

        assertThat(get("/").body()).isEqualTo("well");
    }

    @Test
    void the_client_shows_its_certificate() throws Exception {
        Upstream upstream = fixture.up(
                "a",
                nginx("address", "ssl_client_certificate ca.pem; ssl_verify_client on; return 200 $ssl_client_s_dn;"));
        use(new PoolTlsSettings(
                Optional.of(files.file("ca.pem")),
                Optional.empty(),
                true,
                Optional.of(files.file("client.pem")),
                Optional.of(files.file("client.key"))));

        assertThat(get("/").body()).isEqualTo("CN=client");
        assertThat(checked(upstream, CheckSettings.Kind.HTTP).outcome()).isEqualTo(Outcome.EXPECTED_STATUS);
        assertThat(checked(upstream, CheckSettings.Kind.TCP).outcome()).isEqualTo(Outcome.TLS_CONNECTED);
    }

    @Test
    void a_tunnel_and_a_large_body_go_over_TLS() throws Exception {
        int port = ServerProgram.freePort();
        Files.writeString(folder.resolve("server.js"), """
            const fs = require('fs');
            const server = require('https').createServer(
                {cert: fs.readFileSync('address.pem'), key: fs.readFileSync('address.key')},
                (request, response) => request.pipe(response));
            server.on('upgrade', (request, socket, early) => {
              socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n\\r\\n');
              socket.write(early);
              socket.pipe(socket);
            });
            server.listen(%d, '127.0.0.1');
            """.formatted(port));
        programs.add(ServerProgram.start(folder, port, "node", "server.js"));
        fixture.up("a", port);
        use(trusting("ca.pem", Optional.empty()));
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;

        HttpResponse<byte[]> echoed = fixture.client.send(
                HttpRequest.newBuilder(fixture.uri("/"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(echoed.body()).isEqualTo(large);
        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            client.send("back and forth");
            assertThat(client.readTo("forth")).isEqualTo("back and forth");
        }
    }

    @Test
    void no_request_fails_when_one_of_two_servers_is_killed() throws Exception {
        int port = ServerProgram.freePort();
        ServerProgram killed = ServerProgram.nginx(folder, port, server(port, "address", "return 200 killed;"));
        programs.add(killed);
        fixture.up("a", port);
        fixture.up("b", nginx("address", "return 200 stays;"));
        use(trusting("ca.pem", Optional.empty()));

        for (int i = 0; i < 200; i++) {
            if (i == 50) {
                killed.kill();
            }
            assertThat(get("/" + i).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_reload_applies_to_connections_that_are_idle() throws Exception {
        fixture.up("a", nginx("address", "return 200 $connection;"));
        use(trusting("ca.pem", Optional.empty()));
        String first = get("/").body();

        use(trusting("ca.pem", Optional.empty()));
        assertThat(get("/").body()).as("nothing has changed").isEqualTo(first);

        Files.writeString(folder.resolve("copy.pem"), Files.readString(files.file("ca.pem")));
        use(trusting("copy.pem", Optional.empty()));
        await().untilAsserted(() -> assertThat(get("/").body()).isNotEqualTo(first));
    }

    @Test
    void a_file_that_cannot_be_used_is_a_fault_of_its_key() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertFault(trusting("missing.pem", Optional.empty()), "balancer.pools.servers.tls.ca: \"")
                .hasMessageContaining("missing.pem\" cannot be read (NoSuchFileException); use a readable PEM file");
        assertFault(trusting("empty.pem", Optional.empty()), "balancer.pools.servers.tls.ca: \"" + empty)
                .hasMessageContaining("has no certificate; use a PEM file with the certificates of CAs");
        assertFault(
                        new PoolTlsSettings(
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                Optional.of(files.file("site.pem")),
                                Optional.of(files.file("client.key"))),
                        "balancer.pools.servers.tls.cert: \"")
                .hasMessageContaining("are not a certificate and its key")
                .hasMessageContaining("use PEM files that belong together");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFault(
            PoolTlsSettings tls, String begin) {
        return assertThatThrownBy(() -> UpstreamTransport.read(settings(tls)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(begin);
    }

    private PoolTlsSettings trusting(String ca, Optional<String> serverName) {
        return new PoolTlsSettings(
                Optional.of(folder.resolve(ca)), serverName, true, Optional.empty(), Optional.empty());
    }

    private static PoolSettings settings(PoolTlsSettings tls) {
        return PoolFixture.with(
                PoolFixture.PLAIN,
                new ConnectionSettings(Optional.of(tls), HttpVersion.HTTP_1_1, Optional.empty()),
                PoolFixture.PLAIN.check());
    }

    private void use(PoolTlsSettings tls) {
        fixture.pool.use(UpstreamTransport.read(settings(tls)));
    }

    private static String server(int port, String certificate, String lines) {
        return "server { listen 127.0.0.1:" + port + " ssl; ssl_certificate " + certificate
                + ".pem; ssl_certificate_key " + certificate + ".key; " + lines + " }";
    }

    private int nginx(String certificate, String lines) throws IOException {
        int port = ServerProgram.freePort();
        programs.add(ServerProgram.nginx(folder, port, server(port, certificate, lines)));
        return port;
    }

    private CheckResult checked(Upstream upstream, CheckSettings.Kind kind) {
        PoolSettings settings = fixture.pool.settings();
        fixture.pool.reconfigure(PoolFixture.with(
                settings, settings.connection(), PoolFixture.with(kind).check()));
        fixture.vertx.runOnContext(ignored -> new HealthChecker(fixture.vertx, fixture.pool));
        // The result before is of the epoch.
        await().until(() -> upstream.lastCheck().orElseThrow().at().getEpochSecond() > 0);
        return upstream.lastCheck().orElseThrow();
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return fixture.client.send(HttpRequest.newBuilder(fixture.uri(target)).build(), BodyHandlers.ofString());
    }
}
