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

/** The PROXY protocol in TCP mode. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TcpProxyProtocolTest {

    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String ADDRESSES = "\u00c0\0\2\7\u00c0\0\2\1" + "09\u00158";

    static List<Transport> transports() {
        return TcpFixture.transports().toList();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void bytes_after_the_header_are_relayed_and_the_header_is_not(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            TcpListener listener = tcp.open(proxied(tcp.server(TestServers::echo)));

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

            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            assertThat(listener.snapshot().traffic().bytesIn()).isEqualTo(6 * 5);
            assertThat(listener.snapshot().traffic().invalidProxyHeaders()).isZero();
        }
    }

    @Test
    void each_header_is_accepted_or_closes_its_connection_promptly() throws Exception {
        List<ProxyHeaders.Case> headers =
                ProxyHeaders.all().filter(header -> !header.undecided()).toList();
        try (TcpFixture tcp = new TcpFixture()) {
            TcpListener listener = tcp.open(proxied(tcp.server(TestServers::echo)));

            for (ProxyHeaders.Case header : headers) {
                String response = exchange(tcp, header.text() + "hello");
                assertThat(response).as(header.name()).isEqualTo(header.invalid() ? "" : "hello");
            }

            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            assertThat(listener.snapshot().traffic().invalidProxyHeaders())
                    .isEqualTo(
                            headers.stream().filter(ProxyHeaders.Case::invalid).count());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_header_may_be_received_byte_by_byte(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            tcp.open(proxied(tcp.server(TestServers::echo)));

            try (Socket one = proxied(tcp, "192.0.2.8");
                    Socket other = proxied(tcp, "192.0.2.9");
                    Socket client = tcp.connect()) {
                client.setTcpNoDelay(true);
                for (byte next : "PROXY TCP4 192.0.2.7 192.0.2.1 12345 5432\r\nhello".getBytes(ISO_8859_1)) {
                    client.getOutputStream().write(next);
                    // Connections go to the two event loops in turn: once both have responded, both have read what was
                    // received.
                    assertThat(isEchoed(one) && isEchoed(other)).isTrue();
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
    void an_invalid_header_reaches_no_server(String head) throws Exception {
        for (Transport transport : transports()) {
            try (TcpFixture tcp = new TcpFixture(transport)) {
                TcpListener listener = tcp.open(proxied(tcp.server(TestServers::echo)));

                assertThat(exchange(tcp, head)).isEmpty();

                await().untilAsserted(() -> {
                    assertThat(listener.snapshot().traffic().invalidProxyHeaders())
                            .isEqualTo(1);
                    assertThat(listener.snapshot().traffic().open()).isZero();
                });
                assertThat(listener.snapshot().pool().counts().requests()).isZero();
            }
        }
    }

    @Test
    void a_missing_header_times_out() throws Exception {
        try (TcpFixture tcp = new TcpFixture();
                Socket silent = openSilent(tcp)) {
            long began = System.nanoTime();

            assertThat(readsNothing(silent)).isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThanOrEqualTo(TcpProxyProtocol.TIMEOUT.minusSeconds(1));
        }
    }

    @Test
    void limits_apply_to_the_client_in_the_header() throws Exception {
        try (TcpFixture tcp = new TcpFixture()) {
            TcpListener listener =
                    tcp.open(TcpFixture.withClients(TcpFixture.settings(tcp.server(TestServers::echo)), true, 100, 1));
            try (Socket one = proxied(tcp, "192.0.2.7");
                    Socket other = proxied(tcp, "192.0.2.8")) {
                assertThat(isEchoed(one)).isTrue();
                assertThat(isEchoed(other)).isTrue();

                try (Socket tooMany = proxied(tcp, "192.0.2.7")) {
                    assertThat(readsNothing(tooMany)).isTrue();
                }
                assertThat(listener.snapshot().traffic().clientLimitExceeded()).isEqualTo(1);
                assertThat(isEchoed(one)).isTrue();
            }
            await().untilAsserted(() ->
                    assertThat(listener.snapshot().traffic().open()).isZero());
            try (Socket again = proxied(tcp, "192.0.2.7")) {
                assertThat(isEchoed(again)).isTrue();
            }
        }
    }

    @Test
    void source_hash_uses_the_client_in_the_header() throws Exception {
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
    void with_trusted_proxies_all_others_are_refused(Transport transport) throws Exception {
        try (TcpFixture tcp = new TcpFixture(transport)) {
            TcpListener listener = tcp.open(
                    proxied(tcp.server(TestServers::echo)),
                    List.of(AddressRange.parse("10.0.0.0/8").orElseThrow()));

            assertThat(exchange(tcp, "PROXY TCP4 192.0.2.7 192.0.2.1 1 2\r\nhello"))
                    .isEmpty();

            assertThat(listener.snapshot().refused()).isEqualTo(1);
            assertThat(listener.snapshot().traffic().connections()).isZero();
        }
    }

    private static Socket openSilent(TcpFixture tcp) throws IOException {
        tcp.open(proxied(tcp.server(TestServers::echo)));
        return tcp.connect();
    }

    private static TcpSettings proxied(int port) {
        return TcpFixture.withClients(TcpFixture.settings(port), true, 100, 0);
    }

    private static Socket proxied(TcpFixture tcp, String client) throws IOException {
        Socket socket = tcp.connect();
        socket.getOutputStream().write(("PROXY TCP4 " + client + " 192.0.2.1 12345 5432\r\n").getBytes(ISO_8859_1));
        return socket;
    }

    private static boolean isEchoed(Socket client) throws IOException {
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

    /** Everything that is received; nothing where the connection is reset. */
    private static String exchange(TcpFixture tcp, String bytes) {
        try (Socket client = tcp.connect()) {
            client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
