package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets are relayed as bytes; no other upgrade is. */
class TunnelTest {

    private static final String ASK = "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: chat\r\n\r\n";
    private static final String AGREE =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n";

    private final ProxyFixture fixture =
            new ProxyFixture(ProxySettings.of(8080).withTunnelTimeout(Duration.ofMillis(750)));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void bytes_are_relayed_both_ways_after_the_upgrade() throws Exception {
        AtomicReference<String> requestHead = new AtomicReference<>("");
        echo(requestHead);

        try (RawClient client = new RawClient(fixture.port())) {
            String agreed = client.send(ASK).readTo("\r\n\r\n");
            assertThat(agreed)
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .contains("Sec-WebSocket-Protocol: chat")
                    .containsIgnoringCase("upgrade: websocket")
                    .containsIgnoringCase("connection: upgrade");
            assertThat(client.readTo("early")).isEqualTo("early");
            client.send("\u0081\u0005hello");
            assertThat(client.readTo("hello")).isEqualTo("\u0081\u0005hello");
            assertThat(inFlight()).isEqualTo(1);
        }

        assertThat(requestHead.get())
                .contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                .contains("Upgrade: websocket\r\n")
                .contains("Connection: Upgrade\r\n");
        await().untilAsserted(() -> assertThat(inFlight()).isZero());
    }

    @Test
    void a_client_that_closes_closes_the_upstream() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        // With the default time limit, so that only the client ends the tunnel during the test.
        try (ProxyFixture tunnels = new ProxyFixture(ProxySettings.of(8080))) {
            tunnels.rawServer("a", socket -> {
                socket.closeHandler(ignored -> ended.complete(null));
                socket.handler(bytes -> socket.write(AGREE));
            });

            try (RawClient client = new RawClient(tunnels.port())) {
                client.send(ASK).readTo("\r\n\r\n");
            }

            ended.get(5, TimeUnit.SECONDS);
        }
    }

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void the_last_bytes_of_a_client_reach_a_slow_upstream(Transport transport) throws Exception {
        byte[] much = new byte[16 * 1024 * 1024];
        try (ProxyFixture tunnels = new ProxyFixture(ProxySettings.of(8080), transport);
                ServerSocket server = tunnels.socketServer("a");
                RawClient client = new RawClient(tunnels.port())) {
            server.setReceiveBufferSize(64 * 1024);
            client.send(ASK);
            try (Socket upstream = server.accept()) {
                upstream.setSoTimeout(5000);
                upstream.getInputStream().read(new byte[4096]);
                upstream.getOutputStream().write(AGREE.getBytes(ISO_8859_1));
                client.readTo("\r\n\r\n");
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                    try (client) {
                        client.send(new String(much, ISO_8859_1));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });

                long came = 0;
                byte[] some = new byte[4096];
                for (int read = 0; read >= 0; read = upstream.getInputStream().read(some)) {
                    came += read;
                }
                assertThat(came).isEqualTo(much.length);
                sent.get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void the_last_bytes_of_an_upstream_reach_the_client() throws Exception {
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> socket.write(AGREE)
                        .onComplete(ignored -> socket.end(Buffer.buffer("x".repeat(200_000) + "bye")))));

        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(ASK).readAll()).endsWith("xbye").hasSizeGreaterThan(200_000);
        }
    }

    @Test
    void an_idle_tunnel_is_closed() throws Exception {
        fixture.rawServer("a", socket -> socket.handler(bytes -> socket.write(AGREE)));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(ASK).readTo("\r\n\r\n");
            assertThat(client.readAll()).isEmpty();
        }
        await().untilAsserted(() -> assertThat(inFlight()).isZero());
    }

    @Test
    void a_drain_closes_the_tunnel() throws Exception {
        echo(new AtomicReference<>());

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(ASK).readTo("early");
            fixture.drain();
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void a_client_that_does_not_read_holds_the_upstream_back() throws Exception {
        AtomicLong sent = new AtomicLong();
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> {
                    socket.write(AGREE);
                    Buffer chunk = Buffer.buffer(new byte[16_384]);
                    Runnable give = new Runnable() {
                        @Override
                        public void run() {
                            while (!socket.writeQueueFull()) {
                                sent.addAndGet(chunk.length());
                                socket.write(chunk);
                            }
                            socket.drainHandler(ignored -> run());
                        }
                    };
                    give.run();
                }));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(ASK).readTo("\r\n\r\n");
            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(200))
                    .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(32_000_000);
        }
    }

    @Test
    void a_refused_upgrade_is_relayed() throws Exception {
        fixture.rawServer(
                "a",
                socket ->
                        socket.handler(bytes -> socket.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")));

        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(ASK).readTo("\r\n\r\nno")).startsWith("HTTP/1.1 403 ");
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readTo("\r\n\r\nno"))
                    .as("the client's connection continues with HTTP")
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void an_upgrade_to_another_protocol_is_not_forwarded() throws Exception {
        AtomicReference<String> requestHead = new AtomicReference<>("");
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> {
                    requestHead.set(bytes.toString());
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }));

        for (String request : new String[] {
            "GET / HTTP/1.1\r\n"
                    + "Host: h\r\n"
                    + "Connection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABk\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 1\r\n\r\nx",
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\nUpgrade: websocket\r\n\r\n"
        }) {
            try (RawClient client = new RawClient(fixture.port())) {
                assertThat(client.send(request).readTo("\r\n\r\nok")).startsWith("HTTP/1.1 200 ");
                assertThat(requestHead.get())
                        .doesNotContainIgnoringCase("upgrade")
                        .doesNotContainIgnoringCase("http2-settings");
            }
        }
    }

    private void echo(AtomicReference<String> requestHead) {
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> {
                    requestHead.set(bytes.toString());
                    // In one write with the head: the first bytes of the tunnel must not get lost.
                    socket.write(AGREE + "early");
                    socket.handler(socket::write);
                }));
    }

    private int inFlight() {
        return fixture.loop.members().stream()
                .mapToInt(UpstreamOnLoop::inFlight)
                .sum();
    }
}
