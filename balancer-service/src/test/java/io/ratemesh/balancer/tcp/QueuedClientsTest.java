package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.node.settings.CheckSettings.Kind;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.vertx.core.transport.Transport;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients without an available server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class QueuedClientsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    /** Those that detect a RST while nothing is read; the JDK's detects it when it reads or writes. */
    static List<Transport> nativeTransports() {
        return TcpFixture.transports()
                .filter(transport -> transport != Transport.NIO)
                .toList();
    }

    @Test
    void where_all_servers_refuse_the_client_is_queued_until_one_is_up() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int one = TcpFixture.refusing();
            int other = TcpFixture.refusing();
            TcpListener listener = tcp.open(TcpFixture.settings(Algorithm.ROUND_ROBIN, Kind.TCP, 0, HOUR, one, other));
            await().untilAsserted(() -> assertThat(listener.snapshot().pool().servers())
                    .allMatch(server -> server.lastCheck().isPresent()));

            try (Socket client = tcp.connect()) {
                await().untilAsserted(() ->
                        assertThat(listener.snapshot().pool().queued()).isEqualTo(1));
                tcp.serverAt(one, TestServers.named("back"));

                assertThat(client.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .isEqualTo("back");
            }
            assertThat(TestServers.receive(tcp)).isEqualTo("back");

            tcp.stop(one);
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().pool().active()).isZero());
            tcp.serverAt(one, TestServers.named("again"));
            assertThat(TestServers.receive(tcp)).isEqualTo("again");
        }
    }

    @Test
    void a_client_times_out_in_the_queue() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            TcpListener listener =
                    tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.TCP, 0, HOUR, TcpFixture.refusing()));

            try (Socket client = tcp.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(listener.snapshot().traffic().noServerAvailable()).isEqualTo(1);
            assertThat(listener.snapshot().traffic().open()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("nativeTransports")
    void a_client_that_aborts_in_the_queue_is_removed(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int port = TcpFixture.refusing();
            TcpListener listener = tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.TCP, 0, HOUR, port));

            Socket aborting = tcp.connect();
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().pool().queued()).isEqualTo(1));
            aborting.setSoLinger(true, 0);
            aborting.close();

            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            assertThat(listener.snapshot().traffic().clientAborts()).isEqualTo(1);
            assertThat(listener.snapshot().traffic().noServerAvailable()).isZero();
        }
    }

    @Test
    void a_server_has_no_more_connections_than_its_limit_and_the_next_client_is_queued() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpListener listener = tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 1, HOUR, port));

            Socket first = tcp.connect();
            first.getOutputStream().write('1');
            assertThat(first.getInputStream().read()).isEqualTo('1');
            try (Socket second = tcp.connect()) {
                second.getOutputStream().write('2');
                await().untilAsserted(() ->
                        assertThat(listener.snapshot().pool().queued()).isEqualTo(1));
                assertThat(listener.snapshot().pool().counts().inFlight()).isEqualTo(1);
                first.close();

                assertThat(second.getInputStream().read()).isEqualTo('2');
            }
        }
    }

    @Test
    void a_client_that_sends_a_FIN_in_the_queue_is_served() throws Exception {
        for (Transport transport : transports()) {
            try (TcpFixture tcp = new TcpFixture(transport)) {
                int port = TcpFixture.refusing();
                TcpListener listener = tcp.open(TcpFixture.settings(Algorithm.FIRST, Kind.TCP, 0, HOUR, port));
                try (Socket client = tcp.connect()) {
                    client.getOutputStream().write("request".getBytes(US_ASCII));
                    client.shutdownOutput();
                    await().untilAsserted(() ->
                            assertThat(listener.snapshot().pool().queued()).isEqualTo(1));
                    tcp.serverAt(port, TestServers::echo);

                    assertThat(client.getInputStream().readAllBytes())
                            .asString(US_ASCII)
                            .isEqualTo("request");
                }
            }
        }
    }
}
