package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.listener.ProxyHeaders;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.CheckSettings.Kind;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.ratemesh.node.settings.TcpSettings;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol before a connection that is passed on as it is. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TcpProxyProtocolTest {

    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String ADDRESSES = "\u00c0\0\2\7\u00c0\0\2\1" + "09\u00158";

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void what_comes_after_the_head_is_passed_on_and_the_head_is_not(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            TcpListener door = tcp.open(introduced(tcp.server(TestServers::echo)));

            for (String head : List.of(
                    "PROXY TCP4 192.0.2.7 192.0.2.1 12345 5432\r\n",
                    "PROXY TCP6 2001:db8::7 2001:db8::1 12345 5432\r\n",
                    "PROXY UNKNOWN\r\n",
                    SIGNATURE + "!\u0011\0\u000c" + ADDRESSES,
                    // With one more field, of type 0xEE.
                    SIGNATURE + "!\u0011\0\u0010" + ADDRESSES + "\u00ee\0\1x",
                    SIGNATURE + " \0\0\0")) {
                assertThat(exchange(tcp, head + "hello")).as(head).isEqualTo("hello");
            }

            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
            assertThat(door.snapshot().traffic().bytesIn()).isEqualTo(6 * 5);
            assertThat(door.snapshot().traffic().invalidProxyHeaders()).isZero();
        }
    }

    @Test
    void each_header_is_taken_or_ends_its_connection_promptly() throws Exception {
        List<ProxyHeaders.Case> headers =
                ProxyHeaders.all().filter(header -> !header.undecided()).toList();
        try (TcpFixture tcp = new TcpFixture()) {
            TcpListener door = tcp.open(introduced(tcp.server(TestServers::echo)));

            for (ProxyHeaders.Case header : headers) {
                String answer = exchange(tcp, header.text() + "hello");
                assertThat(answer).as(header.name()).isEqualTo(header.invalid() ? "" : "hello");
            }

            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
            assertThat(door.snapshot().traffic().invalidProxyHeaders())
                    .isEqualTo(
                            headers.stream().filter(ProxyHeaders.Case::invalid).count());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_head_may_come_octet_by_octet(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            tcp.open(introduced(tcp.server(TestServers::echo)));

            try (Socket one = introduced(tcp, "192.0.2.8");
                    Socket other = introduced(tcp, "192.0.2.9");
                    Socket client = tcp.connect()) {
                client.setTcpNoDelay(true);
                for (byte octet : "PROXY TCP4 192.0.2.7 192.0.2.1 12345 5432\r\nhello".getBytes(ISO_8859_1)) {
                    client.getOutputStream().write(octet);
                    // Connections go to the two loops in turn: once both have answered, both have read what was there.
                    assertThat(answers(one) && answers(other)).isTrue();
                }
                client.shutdownOutput();

                assertThat(new String(client.getInputStream().readAllBytes(), ISO_8859_1))
                        .isEqualTo("hello");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PROXY TCP4 not.an.address 192.0.2.1 1 2\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 1 99999\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 1 2 and so on and so on and so on and so on and so on and so on and so on and on",
                "PROXY TCP4 192.0.2.7",
                "",
            })
    void who_does_not_say_so_well_reaches_no_server(String head) throws Exception {
        for (Transport transport : transports()) {
            try (TcpFixture tcp = new TcpFixture(transport)) {
                TcpListener door = tcp.open(introduced(tcp.server(TestServers::echo)));

                assertThat(exchange(tcp, head)).isEmpty();

                await().untilAsserted(() -> assertThat(door.snapshot().traffic().invalidProxyHeaders())
                        .isEqualTo(1));
                assertThat(door.snapshot().traffic().open()).isZero();
                assertThat(door.snapshot().pool().counts().requests()).isZero();
            }
        }
    }

    @Test
    void who_says_nothing_is_not_waited_for() throws Exception {
        try (TcpFixture tcp = new TcpFixture();
                Socket silent = openSilent(tcp)) {
            long began = System.nanoTime();

            assertThat(readsNothing(silent)).isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(TcpProxyProtocol.TIMEOUT.minusSeconds(1), TcpProxyProtocol.TIMEOUT.plusSeconds(3));
        }
    }

    @Test
    void limits_are_of_the_client_that_was_named() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            TcpListener door =
                    tcp.open(TcpFixture.withClients(TcpFixture.settings(tcp.server(TestServers::echo)), true, 100, 1));
            try (Socket one = introduced(tcp, "192.0.2.7");
                    Socket other = introduced(tcp, "192.0.2.8")) {
                assertThat(answers(one)).isTrue();
                assertThat(answers(other)).isTrue();

                try (Socket tooMany = introduced(tcp, "192.0.2.7")) {
                    assertThat(readsNothing(tooMany)).isTrue();
                }
                assertThat(door.snapshot().traffic().clientLimitExceeded()).isEqualTo(1);
                assertThat(answers(one)).isTrue();
            }
            await().untilAsserted(
                            () -> assertThat(door.snapshot().traffic().open()).isZero());
            try (Socket again = introduced(tcp, "192.0.2.7")) {
                assertThat(answers(again)).isTrue();
            }
        }
    }

    @Test
    void servers_are_chosen_by_the_client_that_was_named() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            int[] ports = IntStream.range(0, 4)
                    .map(i -> tcp.server(socket -> socket.getOutputStream().write('0' + i)))
                    .toArray();
            TcpSettings settings = TcpFixture.settings(Algorithm.SOURCE_HASH, Kind.NONE, 0, Duration.ofHours(1), ports);
            tcp.open(TcpFixture.withClients(settings, true, 100, 0));

            List<String> servers = IntStream.range(0, 60)
                    .mapToObj(i -> exchange(tcp, "PROXY TCP4 192.0.2." + i % 30 + " 192.0.2.1 1 2\r\n"))
                    .toList();

            assertThat(servers.subList(0, 30)).isEqualTo(servers.subList(30, 60));
            assertThat(servers).contains("0", "1", "2", "3");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void where_proxies_are_trusted_all_others_are_refused(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            TcpListener door = tcp.open(
                    introduced(tcp.server(TestServers::echo)),
                    List.of(AddressRange.parse("10.0.0.0/8").orElseThrow()));

            assertThat(exchange(tcp, "PROXY TCP4 192.0.2.7 192.0.2.1 1 2\r\nhello"))
                    .isEmpty();

            assertThat(door.snapshot().refused()).isEqualTo(1);
            assertThat(door.snapshot().traffic().connections()).isZero();
        }
    }

    private static Socket openSilent(TcpFixture tcp) throws IOException {
        tcp.open(introduced(tcp.server(TestServers::echo)));
        return tcp.connect();
    }

    private static TcpSettings introduced(int port) {
        return TcpFixture.withClients(TcpFixture.settings(port), true, 100, 0);
    }

    private static Socket introduced(TcpFixture tcp, String client) throws IOException {
        Socket socket = tcp.connect();
        socket.getOutputStream().write(("PROXY TCP4 " + client + " 192.0.2.1 12345 5432\r\n").getBytes(ISO_8859_1));
        return socket;
    }

    private static boolean answers(Socket client) throws IOException {
        client.getOutputStream().write('?');
        return client.getInputStream().read() == '?';
    }

    private static boolean readsNothing(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    /** All that comes back; nothing where the connection is reset. */
    private static String exchange(TcpFixture tcp, String octets) {
        try (Socket client = tcp.connect()) {
            client.getOutputStream().write(octets.getBytes(ISO_8859_1));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
