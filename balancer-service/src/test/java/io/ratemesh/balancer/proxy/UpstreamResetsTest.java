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

/** An upstream that resets its connection in the middle of an answer is noticed, also where the reset comes together with bytes. */
class UpstreamResetsTest {

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void its_client_is_cut_where_the_answer_ends(Transport transport) throws Exception {
        try (ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080), transport);
                ServerSocket upstream = fixture.socketServer("a");
                RawClient client = new RawClient(fixture.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            Socket asked = upstream.accept();
            assertThat(asked.getInputStream().read()).isEqualTo('G');
            fixture.unseen(() -> {
                asked.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome".getBytes(ISO_8859_1));
                asked.setSoLinger(true, 0);
                asked.close();
            });

            assertThat(client.readAll()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nsome");
            await().untilAsserted(() ->
                    assertThat(fixture.loop.members().get(0).inFlight()).isZero());
        }
    }
}
