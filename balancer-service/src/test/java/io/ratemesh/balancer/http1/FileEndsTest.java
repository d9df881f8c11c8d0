package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file is sent completely before its connection ends. */
class FileEndsTest {

    private static final int[] SIZES = {0, 5, 300_000, 10 * 1024 * 1024};

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_file_is_complete_before_its_connection_ends(Transport transport, @TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.builder().withTransport(transport).build();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (GuardFixture balancer = new GuardFixture(
                vertx,
                false,
                server -> server.requestHandler(request -> request.response()
                        .sendFile(folder.resolve(request.path().substring(1)).toString())
                        .onFailure(failures::add)))) {
            for (int size : SIZES) {
                byte[] content = new byte[size];
                for (int i = 0; i < size; i++) {
                    content[i] = (byte) (i * 31 + (i >> 13));
                }
                Files.write(folder.resolve("f" + size), content);
                for (String last :
                        List.of("1.0\r\n", "1.1\r\nConnection: close\r\n", "1.1\r\nConnection: x, close\r\n")) {
                    try (Socket client = new Socket("127.0.0.1", balancer.port)) {
                        client.setSoTimeout(5000);
                        client.getOutputStream()
                                .write(("GET /f" + size + " HTTP/" + last + "Host: x\r\n\r\n").getBytes(ISO_8859_1));
                        byte[] response = client.getInputStream().readAllBytes();
                        int head = new String(response, ISO_8859_1).indexOf("\r\n\r\n") + 4;
                        assertThat(java.util.Arrays.copyOfRange(response, head, response.length))
                                .as("%,d to HTTP/%s", size, last)
                                .isEqualTo(content);
                    }
                }
            }
        } finally {
            GuardFixture.await(vertx.close());
        }
        assertThat(failures).isEmpty();
    }
}
