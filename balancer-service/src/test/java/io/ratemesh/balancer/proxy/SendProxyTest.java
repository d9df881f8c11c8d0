package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.tcp.TcpFixture;
import io.ratemesh.balancer.tcp.TcpListener;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.health.HealthChecker;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.ConnectionSettings;
import io.ratemesh.node.settings.ConnectionSettings.HttpVersion;
import io.ratemesh.node.settings.ConnectionSettings.ProxyVersion;
import io.ratemesh.node.settings.PoolTlsSettings;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** nginx accepts connections only with the PROXY protocol, and says who the client is. */
@Timeout(60)
class SendProxyTest {

    private static final String WHO =
            "return 200 '$proxy_protocol_addr $proxy_protocol_port $proxy_protocol_server_port';";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void each_request_names_its_client_and_checks_pass(ProxyVersion version) throws Exception {
        int port = ServerProgram.freePort();
        try (ServerProgram nginx = ServerProgram.nginx(
                        folder, port, "server { listen 127.0.0.1:" + port + " proxy_protocol; " + WHO + " }");
                ProxyFixture fixture = new ProxyFixture()) {
            Upstream upstream = fixture.up("a", port);
            fixture.pool.use(new UpstreamTransport(Optional.of(version), Optional.empty(), HttpVersion.HTTP_1_1));

            for (int i = 0; i < 3; i++) {
                try (RawClient client = new RawClient(fixture.port())) {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                    assertThat(client.readAll()).endsWith("127.0.0.1 " + client.localPort() + " " + fixture.port());
                }
            }

            fixture.pool.reconfigure(PoolFixture.with(CheckSettings.Kind.HTTP));
            fixture.vertx.runOnContext(ignored -> new HealthChecker(fixture.vertx, fixture.pool));
            await().until(() -> upstream.lastCheck().orElseThrow().at().getEpochSecond() > 0);
            assertThat(upstream.lastCheck().orElseThrow().outcome()).isEqualTo(Outcome.EXPECTED_STATUS);
            assertThat(nginx).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_header_precedes_TLS(ProxyVersion version) throws Exception {
        OpenSslFiles files = new OpenSslFiles(folder);
        files.sign("site", "IP:127.0.0.1");
        int port = ServerProgram.freePort();
        try (ServerProgram nginx = ServerProgram.nginx(
                        folder,
                        port,
                        "server { listen 127.0.0.1:" + port
                                + " ssl proxy_protocol; ssl_certificate site.pem; ssl_certificate_key site.key; " + WHO
                                + " }");
                ProxyFixture fixture = new ProxyFixture()) {
            fixture.up("a", port);
            PoolTlsSettings tls = new PoolTlsSettings(
                    Optional.of(files.file("ca.pem")), Optional.empty(), true, Optional.empty(), Optional.empty());
            fixture.pool.use(UpstreamTransport.read(PoolFixture.with(
                    PoolFixture.PLAIN,
                    new ConnectionSettings(Optional.of(tls), HttpVersion.HTTP_1_1, Optional.of(version)),
                    PoolFixture.PLAIN.check())));

            try (RawClient client = new RawClient(fixture.port())) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertThat(client.readAll()).endsWith("127.0.0.1 " + client.localPort() + " " + fixture.port());
            }
            assertThat(nginx).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_TCP_port_names_its_client(ProxyVersion version) throws Exception {
        int port = ServerProgram.freePort();
        try (ServerProgram nginx = ServerProgram.nginx(
                        folder, port, "server { listen 127.0.0.1:" + port + " proxy_protocol; " + WHO + " }");
                TcpFixture tcp = new TcpFixture()) {
            TcpListener listener = tcp.open(
                    TcpFixture.settings(port),
                    new UpstreamTransport(Optional.of(version), Optional.empty(), HttpVersion.HTTP_1_1));
            try (Socket client = new Socket("127.0.0.1", listener.port())) {
                client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .endsWith(String.join(
                                " ",
                                List.of(
                                        "127.0.0.1",
                                        String.valueOf(client.getLocalPort()),
                                        String.valueOf(listener.port()))));
            }
            assertThat(nginx).isNotNull();
        }
    }
}
