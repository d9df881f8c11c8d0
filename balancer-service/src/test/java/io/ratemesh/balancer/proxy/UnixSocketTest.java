package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.health.HealthChecker;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.transport.Transport;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that listens on a unix socket, over each transport. */
@Timeout(60)
class UnixSocketTest {

    private static final String SERVER = """
        const server = require('http').createServer((request, response) => {
          response.setHeader('Host-Was', request.headers.host);
          request.pipe(response);
        });
        server.listen(process.argv[1]);
        """;

    @TempDir
    private Path folder = Path.of("");

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void requests_and_checks_go_to_a_unix_socket(Transport transport) throws Exception {
        assumeThat(transport != null && transport.available()).isTrue();
        Path socket = folder.resolve("app.sock");
        try (ServerProgram node = ServerProgram.start(folder, socket, "node", "-e", SERVER, socket.toString());
                ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080), transport)) {
            Upstream upstream = fixture.pool.add("unix:" + socket, new ServerSettings("unix:" + socket, 0, 1, false));
            upstream.checkCompleted(PoolFixture.passed());

            HttpResponse<String> response = fixture.client.send(
                    HttpRequest.newBuilder(fixture.uri("/echo"))
                            .POST(HttpRequest.BodyPublishers.ofString("there and back"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo("there and back");
            assertThat(fixture.pool.snapshot().servers().get(0).addresses()).isEmpty();

            fixture.pool.reconfigure(PoolFixture.with(CheckSettings.Kind.HTTP));
            fixture.vertx.runOnContext(ignored -> new HealthChecker(fixture.vertx, fixture.pool));
            await().until(() -> upstream.lastCheck().orElseThrow().at().getEpochSecond() > 0);
            assertThat(upstream.lastCheck().orElseThrow().outcome()).isEqualTo(Outcome.EXPECTED_STATUS);

            node.kill();
            await().until(() -> upstream.lastCheck().orElseThrow().outcome() == Outcome.CONNECT_FAILED);
        }
    }
}
