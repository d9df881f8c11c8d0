package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.proxy.ServerProgram;
import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.settings.ConnectionSettings.HttpVersion;
import io.ratemesh.node.settings.TransportSetting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client and a server of grpcio, the gRPC of Google in Debian's Python, with the balancer between them. */
@Timeout(120)
class GrpcTest {

    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path folder = Path.of("");

    private final UpstreamTransport http2 =
            new UpstreamTransport(Optional.empty(), Optional.empty(), HttpVersion.HTTP_2);
    private ServerProgram server;
    private ListenFixture front;

    @BeforeEach
    void start() throws Exception {
        int port = ServerProgram.freePort();
        Files.writeString(folder.resolve("server.py"), resource("grpc-server.py"));
        Files.writeString(folder.resolve("client.py"), resource("grpc-client.py"));
        server = ServerProgram.start(folder, port, PYTHON, "server.py", String.valueOf(port));
        front = new ListenFixture(
                TransportChoice.choose(TransportSetting.AUTO), List.of("balancer.h2c.port=0"), port, http2);
    }

    @AfterEach
    void stop() {
        front.close();
        server.close();
    }

    @Test
    void a_unary_call_returns_its_response_and_its_trailers() throws Exception {
        assertThat(client("unary")).isEqualTo("OK hello trailer=kept");
    }

    @Test
    void an_error_of_a_call_has_its_code_and_its_message() throws Exception {
        assertThat(client("error")).isEqualTo("NOT_FOUND nothing here");
    }

    @Test
    void a_server_streams_its_responses() throws Exception {
        assertThat(client("server-stream")).isEqualTo("OK 0 1 2 3 4");
    }

    @Test
    void a_client_streams_its_requests() throws Exception {
        assertThat(client("client-stream")).isEqualTo("OK 1000 messages");
    }

    @Test
    void both_stream_and_each_message_arrives_before_the_next_is_sent() throws Exception {
        assertThat(client("both-stream")).isEqualTo("OK a b c");
    }

    @Test
    void large_messages_are_under_flow_control_both_ways() throws Exception {
        assertThat(client("large")).isEqualTo("OK 3000000");
    }

    @Test
    void calls_that_run_at_once_share_connections() throws Exception {
        // A second one may be opened before the server has said how many streams the first may have.
        assertThat(client("many")).matches("OK 200 peers=[12]");
    }

    @Test
    void no_call_fails_when_servers_are_killed_drained_and_reconfigured_between_calls() throws Exception {
        int drained = ServerProgram.freePort();
        int stays = ServerProgram.freePort();
        try (ServerProgram two = ServerProgram.start(folder, drained, PYTHON, "server.py", String.valueOf(drained));
                ServerProgram three = ServerProgram.start(folder, stays, PYTHON, "server.py", String.valueOf(stays))) {
            Upstream draining = PoolFixture.up(front.pool, "two", drained);
            PoolFixture.up(front.pool, "three", stays);
            int calls = 0;
            String last = "";
            Process client = startClient("sequence");
            try (BufferedReader lines = client.inputReader(StandardCharsets.UTF_8);
                    Writer goOn = client.outputWriter(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = line;
                    switch (++calls) {
                        case 50 -> server.kill();
                        case 100 -> draining.setAdminState(AdminState.DRAIN);
                        case 150 ->
                            front.pool.reconfigure(PoolFixture.with(front.pool.settings(), Duration.ofSeconds(30)));
                        default -> {}
                    }
                    if (calls <= 300) {
                        goOn.write('\n');
                        goOn.flush();
                    }
                }
            }
            assertThat(last).isEqualTo("OK 300 failed=[]");
            assertThat(two).isNotSameAs(three);
        }
    }

    private String client(String call) throws IOException, InterruptedException {
        Process client = startClient(call);
        String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    private Process startClient(String call) throws IOException {
        return new ProcessBuilder(PYTHON, "client.py", "127.0.0.1:" + front.ports.h2c(), call)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static String resource(String name) throws IOException {
        try (var in = GrpcTest.class.getResourceAsStream("/" + name)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
