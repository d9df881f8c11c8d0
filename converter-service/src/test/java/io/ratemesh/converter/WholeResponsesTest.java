package io.ratemesh.converter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection that closes after its response closes after all of it, on every transport. */
class WholeResponsesTest {

    private static final List<String> TARGETS =
            List.of("/api/v1/currencies", "/api/v1/openapi.json", "/health/live", "/metrics");

    /** Versions and fields of requests after which the connection closes. */
    private static final List<String> LAST_REQUESTS = List.of(
            " HTTP/1.0\r\n\r\n", " HTTP/1.0\r\nHost: x\r\n\r\n", " HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n");

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_response_is_whole_before_its_connection_ends(Transport transport) throws Exception {
        try (TestConverter converter = TestConverter.start("node.transport=" + transport.name())) {
            converter.publish(TestBooks.example());
            for (String target : TARGETS) {
                for (String last : LAST_REQUESTS) {
                    String response = exchange(converter.port(), "GET " + target + last);
                    int head = response.indexOf("\r\n\r\n") + 4;
                    assertThat(response).startsWith("HTTP/1.");
                    assertThat(response.substring(9, 12)).as(target + last).isEqualTo("200");
                    assertThat(response.length() - head)
                            .as(target + last)
                            .isEqualTo(length(response.substring(0, head)));
                }
            }
        }
    }

    private static int length(String head) {
        return Integer.parseInt(
                head.toLowerCase(Locale.ROOT).replaceAll("(?s).*\r\ncontent-length: (\\d+)\r\n.*", "$1"));
    }

    private static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
