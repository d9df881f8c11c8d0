package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TcpListenerTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int MUCH = 50 * MEGABYTE;

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void fifty_megabytes_are_relayed_unchanged_both_ways(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int port = tcp.server(TestServers::echo);
            TcpListener listener = tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                java.util.concurrent.Future<?> sending = tcp.beside(
                        socket -> {
                            RandomBytes.send(socket.getOutputStream(), MUCH, 7);
                            socket.shutdownOutput();
                        },
                        client);

                assertThat(RandomBytes.checksum(client.getInputStream())).isEqualTo(RandomBytes.checksumOf(MUCH, 7));
                sending.get(10, TimeUnit.SECONDS);
            }
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            assertThat(listener.snapshot().traffic().bytesIn()).isEqualTo(MUCH);
            assertThat(listener.snapshot().traffic().bytesOut()).isEqualTo(MUCH);
            assertThat(listener.snapshot().pool().counts().bytesIn()).isEqualTo(MUCH);
            assertThat(listener.snapshot().pool().counts().bytesOut()).isEqualTo(MUCH);
            assertThat(listener.snapshot().pool().counts().clientAborts()).isZero();
            assertThat(listener.snapshot().pool().counts().inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_server_that_sends_first_is_relayed_at_once(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int port = tcp.server(socket -> {
                socket.getOutputStream().write("5.7.1-db\n".getBytes(US_ASCII));
                if (TestServers.line(socket).equals("login")) {
                    socket.getOutputStream().write("welcome\n".getBytes(US_ASCII));
                    TestServers.echo(socket);
                }
            });
            tcp.open(TcpFixture.settings(port));

            try (Socket client = tcp.connect()) {
                assertThat(TestServers.line(client)).isEqualTo("5.7.1-db");
                client.getOutputStream().write("login\n".getBytes(US_ASCII));
                assertThat(TestServers.line(client)).isEqualTo("welcome");
                for (int i = 0; i < 100; i++) {
                    client.getOutputStream().write(("select " + i + "\n").getBytes(US_ASCII));
                    assertThat(TestServers.line(client)).isEqualTo("select " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void thousands_of_short_connections_leave_nothing_behind(Transport transport) throws Exception {
        int clients = 4;
        int each = 500;
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int one = tcp.server(TestServers::echo);
            int two = tcp.server(TestServers::echo);
            TcpListener listener = tcp.open(TcpFixture.settings(one, two));

            List<java.util.concurrent.Future<?>> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                all.add(tcp.beside(
                        ignored -> {
                            for (int i = 0; i < each; i++) {
                                try (Socket client = tcp.connect()) {
                                    client.getOutputStream().write(("short " + i).getBytes(US_ASCII));
                                    client.shutdownOutput();
                                    assertThat(client.getInputStream().readAllBytes())
                                            .asString(US_ASCII)
                                            .isEqualTo("short " + i);
                                }
                            }
                        },
                        new Socket()));
            }
            for (java.util.concurrent.Future<?> client : all) {
                client.get(40, TimeUnit.SECONDS);
            }

            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            TcpSnapshot snapshot = listener.snapshot();
            assertThat(snapshot.traffic().connections()).isEqualTo((long) clients * each);
            assertThat(snapshot.traffic().clientAborts()).isZero();
            assertThat(snapshot.pool().counts().inFlight()).isZero();
            assertThat(snapshot.pool().counts().requests()).isEqualTo((long) clients * each);
            assertThat(snapshot.pool().counts().connectErrors()).isZero();
            assertThat(snapshot.pool().servers())
                    .allMatch(server -> server.counts().requests() >= clients * each / 2 - 10);
        }
    }

    @Test
    void a_drain_accepts_no_connections_and_open_ones_continue_until_they_end() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpListener listener = tcp.open(TcpFixture.settings(port));
            Socket open = tcp.connect();
            open.getOutputStream().write('1');
            assertThat(open.getInputStream().read()).isEqualTo('1');

            Future<Void> drained = listener.drain(Duration.ofSeconds(30));
            await().untilAsserted(
                            () -> assertThat(listener.snapshot().accepting()).isFalse());
            assertThatThrownBy(tcp::connect).isInstanceOf(IOException.class);
            open.getOutputStream().write('2');
            assertThat(open.getInputStream().read()).isEqualTo('2');
            assertThat(drained.isComplete()).isFalse();
            open.close();

            TcpFixture.await(drained);
            assertThat(listener.snapshot().traffic().drainTimeouts()).isZero();
        }
    }

    @Test
    void connections_open_at_the_end_of_a_drain_are_closed() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpListener listener = tcp.open(TcpFixture.settings(port));
            try (Socket open = tcp.connect()) {
                open.getOutputStream().write('1');
                assertThat(open.getInputStream().read()).isEqualTo('1');

                TcpFixture.await(listener.drain(Duration.ofMillis(200)));

                assertThat(open.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(listener.snapshot().traffic().drainTimeouts()).isEqualTo(1);
            assertThat(listener.snapshot().traffic().open()).isZero();
        }
    }

    @Test
    void a_port_in_use_fails_to_open() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int taken = tcp.server(TestServers::echo);
            var settings = TcpFixture.settings(taken);
            var listening = new io.ratemesh.node.settings.TcpSettings(
                    new io.ratemesh.node.settings.BalancerSettings.Listen("127.0.0.1", taken),
                    settings.proxyProtocol(),
                    settings.pool(),
                    settings.limits(),
                    settings.idleTimeout());

            assertThatThrownBy(() -> tcp.open(listening)).hasStackTraceContaining("in use");
        }
    }
}
