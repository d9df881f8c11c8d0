package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.CheckSettings.Kind;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.ratemesh.node.settings.ServerSettings;
import io.ratemesh.node.settings.TcpSettings;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers in TCP mode are added, removed and fail while clients are connected. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TcpServersTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(300);

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void localhost_on_ipv6_only(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport);
                ServerSocket six = onIpv6Only()) {
            TcpListener listener = tcp.open(TcpFixture.withServers(
                    first(), SOON, new ServerSettings("localhost", six.getLocalPort(), 1, false)));
            try (Socket client = tcp.connect();
                    Socket accepted = six.accept()) {
                accepted.getOutputStream().write("six\n".getBytes(US_ASCII));
                accepted.shutdownOutput();
                assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                        .isEqualTo("six\n");
            }
            assertThat(IpAddresses.text(listener.snapshot()
                            .pool()
                            .servers()
                            .get(0)
                            .addresses()
                            .get(0)))
                    .isEqualTo("::1");
        }
    }

    /** On a port that no other test has on IPv4. */
    private static ServerSocket onIpv6Only() throws IOException {
        while (true) {
            ServerSocket six = new ServerSocket(0, 50, InetAddress.getByName("::1"));
            six.setSoTimeout(30_000);
            try {
                new ServerSocket(six.getLocalPort(), 50, InetAddress.getByName("127.0.0.1")).close();
                return six;
            } catch (BindException e) {
                six.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_connect_timeout_delays_the_client_by_that_time_only(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int unresponsive = tcp.unresponsive();
            TcpListener listener = tcp.open(TcpFixture.withServers(
                    first(), SOON, server(unresponsive), server(tcp.server(TestServers.named("well")))));

            long began = System.nanoTime();
            try (Socket client = tcp.connect()) {
                assertThat(says(client)).isEqualTo("well");
            }

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(SOON);
            UpstreamSnapshot server = find(listener, unresponsive);
            assertThat(server.counts().connectErrors()).as("it waited once").isEqualTo(1);
            assertThat(server.counts().redispatches()).isEqualTo(1);
            assertThat(server.counts().inFlight()).isZero();
            assertThat(server.state()).as("late once").isEqualTo(UpstreamState.UP);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_aborts_during_the_connect_is_cleaned_up(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            TcpListener listener =
                    tcp.open(TcpFixture.withServers(first(), Duration.ofSeconds(2), server(tcp.unresponsive())));

            Socket client = tcp.connect();
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().pool().counts().inFlight()).isEqualTo(1));
            client.setSoLinger(true, 0);
            client.close();

            await().untilAsserted(() -> {
                assertThat(listener.snapshot().traffic().open()).isZero();
                assertThat(listener.snapshot().pool().counts().inFlight()).isZero();
            });
        }
    }

    @Test
    void a_backup_gets_connections_only_while_no_other_is_available() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpSettings checked = TcpFixture.settings(Algorithm.LEAST_CONNECTIONS, Kind.TCP, 0, HOUR);
            int backup = tcp.server(TestServers.named("backup"));
            TcpListener listener = tcp.open(TcpFixture.withServers(
                    checked, SOON, server(port), new ServerSettings("127.0.0.1", backup, 1, true)));
            awaitServing(listener, 2);

            Socket open = tcp.connect();
            for (int i = 0; i < 5; i++) {
                assertThat(isEchoed(open)).isTrue();
                try (Socket client = tcp.connect()) {
                    assertThat(isEchoed(client)).as("though it has connections").isTrue();
                }
            }
            tcp.stop(port);
            await().untilAsserted(() -> assertThat(find(listener, port).state()).isEqualTo(UpstreamState.DOWN));
            try (Socket client = tcp.connect()) {
                assertThat(says(client)).isEqualTo("backup");
            }
            assertThat(isEchoed(open)).as("one that is open stays").isTrue();

            tcp.serverAt(port, TestServers::echo);
            await().untilAsserted(() -> assertThat(find(listener, port).state()).isEqualTo(UpstreamState.UP));
            try (Socket client = tcp.connect()) {
                assertThat(isEchoed(client)).isTrue();
            }
            open.close();
        }
    }

    @Test
    void a_draining_server_keeps_open_connections_and_gets_no_new_ones() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpListener listener = tcp.open(TcpFixture.withServers(
                    first(), SOON, server(port), server(tcp.server(TestServers.named("other")))));
            Socket open = tcp.connect();
            assertThat(isEchoed(open)).isTrue();

            listener.pool().find("127.0.0.1:" + port).orElseThrow().setAdminState(AdminState.DRAIN);

            for (int i = 0; i < 5; i++) {
                try (Socket client = tcp.connect()) {
                    assertThat(says(client)).isEqualTo("other");
                }
                assertThat(isEchoed(open)).isTrue();
            }
            assertThat(find(listener, port).state()).isEqualTo(UpstreamState.DRAINING);
            assertThat(find(listener, port).counts().inFlight()).isEqualTo(1);
            open.close();
            await().untilAsserted(() ->
                    assertThat(find(listener, port).counts().inFlight()).isZero());

            listener.pool().find("127.0.0.1:" + port).orElseThrow().setAdminState(AdminState.READY);
            try (Socket client = tcp.connect()) {
                assertThat(isEchoed(client)).isTrue();
            }
        }
    }

    @Test
    void new_servers_get_new_connections_and_open_ones_continue_and_stay_counted() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int removed = tcp.server(TestServers::echo);
            int stays = tcp.server(TestServers::echo);
            int comes = tcp.server(TestServers.named("new"));
            TcpListener listener = tcp.open(TcpFixture.withServers(first(), SOON, server(removed), server(stays)));
            Socket open = tcp.connect();
            assertThat(isEchoed(open)).isTrue();

            listener.reconfigure(TcpFixture.withServers(first(), SOON, server(comes), server(stays)));

            for (int i = 0; i < 5; i++) {
                try (Socket client = tcp.connect()) {
                    assertThat(says(client)).isEqualTo("new");
                }
                assertThat(isEchoed(open)).isTrue();
            }
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().pool().counts().inFlight()).isEqualTo(1));
            TcpSnapshot while1 = listener.snapshot();
            assertThat(while1.pool().servers())
                    .extracting(UpstreamSnapshot::port)
                    .containsExactly(comes, stays);
            assertThat(while1.pool().counts().requests()).isEqualTo(6);
            assertThat(while1.traffic().open()).isEqualTo(1);
            assertThat(while1.pool().counts().bytesIn())
                    .isEqualTo(while1.traffic().bytesIn());

            open.close();
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().pool().counts().inFlight()).isZero());
            assertThat(listener.snapshot().pool().counts().requests()).isEqualTo(6);
            assertThat(listener.snapshot().traffic().clientAborts()).isZero();
        }
    }

    @Test
    void a_queued_client_is_served_by_a_server_of_reloaded_settings() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int refusing = TcpFixture.refusing();
            TcpSettings checked = TcpFixture.settings(Algorithm.FIRST, Kind.TCP, 0, HOUR);
            TcpListener listener = tcp.open(TcpFixture.withServers(checked, SOON, server(refusing)));
            try (Socket waiting = tcp.connect()) {
                await().untilAsserted(() ->
                        assertThat(listener.snapshot().pool().queued()).isEqualTo(1));

                listener.reconfigure(TcpFixture.withServers(
                        checked, SOON, server(refusing), server(tcp.server(TestServers.named("new")))));

                assertThat(says(waiting)).isEqualTo("new");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void new_limits_apply_from_the_next_connection_on(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            TcpSettings settings = TcpFixture.settings(tcp.server(TestServers::echo));
            TcpListener listener = tcp.open(TcpFixture.withClients(settings, false, 2, 0));
            try (Socket one = tcp.connect();
                    Socket two = tcp.connect()) {
                assertThat(isEchoed(one) && isEchoed(two)).isTrue();
                try (Socket tooMany = tcp.connect()) {
                    assertThat(isEchoed(tooMany)).isFalse();
                } catch (SocketException e) {
                    // It was reset before or after it sent something.
                }
                assertThat(listener.snapshot().refused()).isEqualTo(1);
                assertThat(listener.snapshot().limit()).isEqualTo(2);
                assertThat(listener.snapshot().maxOpen()).isEqualTo(2);
                assertThat(listener.snapshot().traffic().connections()).isEqualTo(2);

                listener.reconfigure(TcpFixture.withClients(settings, false, 3, 0));

                try (Socket three = tcp.connect()) {
                    assertThat(isEchoed(three)).isTrue();
                    assertThat(isEchoed(one)).isTrue();
                }
            }
        }
    }

    private static TcpSettings first() {
        return TcpFixture.settings(Algorithm.FIRST, Kind.NONE, 0, HOUR);
    }

    private static ServerSettings server(int port) {
        return new ServerSettings("127.0.0.1", port, 1, false);
    }

    private static UpstreamSnapshot find(TcpListener listener, int port) {
        return listener.snapshot().pool().servers().stream()
                .filter(server -> server.port() == port)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitServing(TcpListener listener, int servers) {
        await().untilAsserted(() -> assertThat(listener.snapshot().pool().servers())
                .filteredOn(server -> server.state().isServing())
                .hasSize(servers));
    }

    private static boolean isEchoed(Socket client) throws IOException {
        client.getOutputStream().write('?');
        return client.getInputStream().read() == '?';
    }

    private static String says(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
}
