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

/** The servers behind a port of TCP come, go and fail while clients are connected. */
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
                ServerSocket six = new ServerSocket(0, 50, InetAddress.getByName("::1"))) {
            TcpListener door = tcp.open(TcpFixture.withServers(
                    first(), SOON, new ServerSettings("localhost", six.getLocalPort(), 1, false)));
            try (Socket client = tcp.connect();
                    Socket accepted = six.accept()) {
                accepted.getOutputStream().write("six\n".getBytes(US_ASCII));
                accepted.shutdownOutput();
                assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                        .isEqualTo("six\n");
            }
            assertThat(IpAddresses.text(
                            door.snapshot().pool().servers().get(0).addresses().get(0)))
                    .isEqualTo("::1");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_server_that_takes_no_connection_in_time_costs_its_client_that_time_and_no_more(Transport transport)
            throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            int deaf = tcp.deaf();
            TcpListener door = tcp.open(
                    TcpFixture.withServers(first(), SOON, server(deaf), server(tcp.server(TestServers.named("well")))));

            long began = System.nanoTime();
            try (Socket client = tcp.connect()) {
                assertThat(says(client)).isEqualTo("well");
            }

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SOON, SOON.plusSeconds(3));
            UpstreamSnapshot server = find(door, deaf);
            assertThat(server.counts().connectErrors()).isEqualTo(1);
            assertThat(server.counts().redispatches()).isEqualTo(1);
            assertThat(server.counts().inFlight()).isZero();
            assertThat(server.state()).as("late once").isEqualTo(UpstreamState.UP);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_leaves_while_a_server_is_asked_leaves_nothing_behind(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            TcpListener door = tcp.open(TcpFixture.withServers(first(), Duration.ofSeconds(2), server(tcp.deaf())));

            Socket client = tcp.connect();
            await().untilAsserted(() ->
                    assertThat(door.snapshot().pool().counts().inFlight()).isEqualTo(1));
            client.setSoLinger(true, 0);
            client.close();

            await().untilAsserted(() -> {
                assertThat(door.snapshot().traffic().open()).isZero();
                assertThat(door.snapshot().pool().counts().inFlight()).isZero();
            });
        }
    }

    @Test
    void a_backup_takes_connections_only_while_no_other_does() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpSettings checked = TcpFixture.settings(Algorithm.LEAST_CONNECTIONS, Kind.TCP, 0, HOUR);
            int backup = tcp.server(TestServers.named("backup"));
            TcpListener door = tcp.open(TcpFixture.withServers(
                    checked, SOON, server(port), new ServerSettings("127.0.0.1", backup, 1, true)));
            awaitTaking(door, 2);

            Socket open = tcp.connect();
            for (int i = 0; i < 5; i++) {
                assertThat(answers(open)).isTrue();
                try (Socket client = tcp.connect()) {
                    assertThat(answers(client)).as("though it has connections").isTrue();
                }
            }
            tcp.stop(port);
            await().untilAsserted(() -> assertThat(find(door, port).state()).isEqualTo(UpstreamState.DOWN));
            try (Socket client = tcp.connect()) {
                assertThat(says(client)).isEqualTo("backup");
            }
            assertThat(answers(open)).as("one that is open stays").isTrue();

            tcp.serverAt(port, TestServers::echo);
            await().untilAsserted(() -> assertThat(find(door, port).state()).isEqualTo(UpstreamState.UP));
            try (Socket client = tcp.connect()) {
                assertThat(answers(client)).isTrue();
            }
            open.close();
        }
    }

    @Test
    void a_server_that_is_drained_keeps_what_is_open_and_gets_nothing_new() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int port = tcp.server(TestServers::echo);
            TcpListener door = tcp.open(TcpFixture.withServers(
                    first(), SOON, server(port), server(tcp.server(TestServers.named("other")))));
            Socket open = tcp.connect();
            assertThat(answers(open)).isTrue();

            door.pool().find("127.0.0.1:" + port).orElseThrow().setAdminState(AdminState.DRAIN);

            for (int i = 0; i < 5; i++) {
                try (Socket client = tcp.connect()) {
                    assertThat(says(client)).isEqualTo("other");
                }
                assertThat(answers(open)).isTrue();
            }
            assertThat(find(door, port).state()).isEqualTo(UpstreamState.DRAINING);
            assertThat(find(door, port).counts().inFlight()).isEqualTo(1);
            open.close();
            await().untilAsserted(() ->
                    assertThat(find(door, port).counts().inFlight()).isZero());

            door.pool().find("127.0.0.1:" + port).orElseThrow().setAdminState(AdminState.READY);
            try (Socket client = tcp.connect()) {
                assertThat(answers(client)).isTrue();
            }
        }
    }

    @Test
    void other_servers_take_new_connections_and_those_that_are_open_go_on_and_stay_counted() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int gone = tcp.server(TestServers::echo);
            int stays = tcp.server(TestServers::echo);
            int comes = tcp.server(TestServers.named("new"));
            TcpListener door = tcp.open(TcpFixture.withServers(first(), SOON, server(gone), server(stays)));
            Socket open = tcp.connect();
            assertThat(answers(open)).isTrue();

            door.reconfigure(TcpFixture.withServers(first(), SOON, server(comes), server(stays)));

            for (int i = 0; i < 5; i++) {
                try (Socket client = tcp.connect()) {
                    assertThat(says(client)).isEqualTo("new");
                }
                assertThat(answers(open)).isTrue();
            }
            await().untilAsserted(() ->
                    assertThat(door.snapshot().pool().counts().inFlight()).isEqualTo(1));
            TcpSnapshot while1 = door.snapshot();
            assertThat(while1.pool().servers())
                    .extracting(UpstreamSnapshot::port)
                    .containsExactly(comes, stays);
            assertThat(while1.pool().counts().requests()).isEqualTo(6);
            assertThat(while1.traffic().open()).isEqualTo(1);
            assertThat(while1.pool().counts().bytesIn())
                    .isEqualTo(while1.traffic().bytesIn());

            open.close();
            await().untilAsserted(() ->
                    assertThat(door.snapshot().pool().counts().inFlight()).isZero());
            assertThat(door.snapshot().pool().counts().requests()).isEqualTo(6);
            assertThat(door.snapshot().traffic().clientAborts()).isZero();
        }
    }

    @Test
    void who_waits_is_served_by_a_server_that_a_reload_brings() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int refusing = TcpFixture.refusing();
            TcpSettings checked = TcpFixture.settings(Algorithm.FIRST, Kind.TCP, 0, HOUR);
            TcpListener door = tcp.open(TcpFixture.withServers(checked, SOON, server(refusing)));
            try (Socket waiting = tcp.connect()) {
                await().untilAsserted(() ->
                        assertThat(door.snapshot().pool().queued()).isEqualTo(1));

                door.reconfigure(TcpFixture.withServers(
                        checked, SOON, server(refusing), server(tcp.server(TestServers.named("new")))));

                assertThat(says(waiting)).isEqualTo("new");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void other_limits_hold_from_the_next_connection_on(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            TcpSettings settings = TcpFixture.settings(tcp.server(TestServers::echo));
            TcpListener door = tcp.open(TcpFixture.withClients(settings, false, 2, 0));
            try (Socket one = tcp.connect();
                    Socket two = tcp.connect()) {
                assertThat(answers(one) && answers(two)).isTrue();
                try (Socket tooMany = tcp.connect()) {
                    assertThat(answers(tooMany)).isFalse();
                } catch (SocketException e) {
                    // It was reset before or after it said something.
                }
                assertThat(door.snapshot().refused()).isEqualTo(1);
                assertThat(door.snapshot().limit()).isEqualTo(2);
                assertThat(door.snapshot().maxOpen()).isEqualTo(2);
                assertThat(door.snapshot().traffic().connections()).isEqualTo(2);

                door.reconfigure(TcpFixture.withClients(settings, false, 3, 0));

                try (Socket three = tcp.connect()) {
                    assertThat(answers(three)).isTrue();
                    assertThat(answers(one)).isTrue();
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

    private static UpstreamSnapshot find(TcpListener door, int port) {
        return door.snapshot().pool().servers().stream()
                .filter(server -> server.port() == port)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitTaking(TcpListener door, int servers) {
        await().untilAsserted(() -> assertThat(door.snapshot().pool().servers())
                .filteredOn(server -> server.state().isServing())
                .hasSize(servers));
    }

    private static boolean answers(Socket client) throws IOException {
        client.getOutputStream().write('?');
        return client.getInputStream().read() == '?';
    }

    private static String says(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
}
