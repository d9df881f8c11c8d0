package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.node.settings.CheckSettings.Kind;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which server gets a connection. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServerChoiceTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void a_refused_connect_is_redispatched_without_effect_on_the_client() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int refusing = TcpFixture.refusing();
            int port = tcp.server(TestServers.named("well"));
            TcpListener listener = tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, HOUR, refusing, port));

            for (int i = 0; i < 10; i++) {
                assertThat(TestServers.receive(tcp)).isEqualTo("well");
            }
            UpstreamSnapshot refused = listener.snapshot().pool().servers().get(0);
            assertThat(refused.counts().connectErrors()).isPositive();
            assertThat(refused.counts().redispatches())
                    .isEqualTo(refused.counts().connectErrors());
            assertThat(listener.snapshot().traffic().noServerAvailable()).isZero();
        }
    }

    @Test
    void the_algorithm_selects_the_server() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int one = tcp.server(TestServers.named("one"));
            int two = tcp.server(TestServers.named("two"));
            tcp.open(TcpFixture.settings(Algorithm.SOURCE_HASH, Kind.NONE, 0, HOUR, one, two));

            List<String> responses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                responses.add(TestServers.receive(tcp));
            }
            assertThat(responses).containsOnly(responses.get(0));
            int others = 0;
            for (int i = 2; i < 34; i++) {
                try (Socket elsewhere = new Socket()) {
                    elsewhere.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + i), 0));
                    tcp.connect(elsewhere);
                    String response = new String(elsewhere.getInputStream().readAllBytes(), US_ASCII);
                    if (!response.equals(responses.get(0))) {
                        others++;
                    }
                }
            }
            assertThat(others).isBetween(4, 28);
        }
    }

    @Test
    void open_connections_count_as_load() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int one = tcp.server(TestServers::echo);
            int two = tcp.server(TestServers::echo);
            TcpListener listener =
                    tcp.open(TcpFixture.settings(Algorithm.LEAST_CONNECTIONS, Kind.NONE, 0, HOUR, one, two));
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Socket socket = tcp.connect();
                socket.getOutputStream().write('x');
                assertThat(socket.getInputStream().read()).isEqualTo('x');
                open.add(socket);
            }

            assertThat(listener.snapshot().pool().servers())
                    .extracting(server -> server.counts().inFlight())
                    .containsExactly(5L, 5L);
            for (Socket socket : open) {
                socket.close();
            }
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            assertThat(listener.snapshot().maxOpen()).isEqualTo(10);
        }
    }
}
