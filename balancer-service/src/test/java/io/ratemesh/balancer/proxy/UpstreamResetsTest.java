package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.transport.Transport;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reset during a response is detected, even where it is received together with bytes. */
class UpstreamResetsTest {

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_during_the_response_resets_the_client(Transport transport) throws Exception {
        try (ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080), transport);
                ServerSocket upstream = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            Socket accepted = upstream.accept();
            assertThat(accepted.getInputStream().read()).isEqualTo('G');
            fixture.unseen(() -> {
                accepted.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome".getBytes(ISO_8859_1));
                accepted.setSoLinger(true, 0);
                accepted.close();
            });

            assertThat(client.readAll()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nsome");
            await().untilAsserted(() ->
                    assertThat(fixture.loop.members().get(0).inFlight()).isZero());
        }
    }
}
