package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When the head of a response goes out, and as what. */
class ResponseHeadTest {

    private static final String REQUEST = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n";
    /** The connection ends with each response, so that each request of a test comes on one of its own. */
    private static final String HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n";

    private static final Map<Transport, ListenFixture> FRONTS = new HashMap<>();
    private static ServerSocket upstream;

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    @BeforeAll
    static void open() throws Exception {
        upstream = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        upstream.setSoTimeout(5000);
        transports()
                .forEach(transport -> FRONTS.put(
                        transport,
                        new ListenFixture(
                                transport,
                                List.of("balancer.h2c.port=0", "balancer.h2c.bind=127.0.0.1"),
                                upstream.getLocalPort())));
    }

    @AfterAll
    static void close() throws IOException {
        FRONTS.values().forEach(ListenFixture::close);
        FRONTS.clear();
        upstream.close();
    }

    /** Case head-before-body. */
    @ParameterizedTest
    @MethodSource("transports")
    void a_head_is_sent_before_its_body(Transport transport) throws Exception {
        try (Socket client = connect(transport);
                Socket server = acceptAfterRequest(client)) {
            send(server, HEAD);
            assertThat(read(client, "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("content-length: 2");
            send(server, "ok");
            assertThat(read(client, "ok")).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_response_that_ends_after_its_head_is_visibly_cut(Transport transport) throws Exception {
        try (Socket client = connect(transport)) {
            try (Socket server = acceptAfterRequest(client)) {
                send(server, HEAD);
            }
            assertThat(read(client, "\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void over_HTTP_2_a_head_is_sent_before_its_body(Transport transport) throws Exception {
        try (RawHttp2 client = new RawHttp2(connect(front(transport).ports.h2c()))) {
            client.get(1, ":scheme", "http");
            try (Socket server = upstream.accept()) {
                read(server, "\r\n\r\n");
                send(server, HEAD);
                assertThat(client.next(1).type()).isEqualTo(RawHttp2.HEADERS);
                send(server, "ok");
                assertThat(client.next(1).text()).isEqualTo("ok");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void over_HTTP_2_a_response_that_ends_after_its_head_is_reset(Transport transport) throws Exception {
        try (RawHttp2 client = new RawHttp2(connect(front(transport).ports.h2c()))) {
            client.get(1, ":scheme", "http");
            try (Socket server = upstream.accept()) {
                read(server, "\r\n\r\n");
                send(server, HEAD);
            }
            assertThat(client.next(1).type()).isEqualTo(RawHttp2.HEADERS);
            assertThat(client.next(1).type()).isEqualTo(RawHttp2.RST_STREAM);
        }
    }

    /** A client that reads once gets both; with a write for each it would get the head alone, now and then. */
    @ParameterizedTest
    @MethodSource("transports")
    void a_head_that_arrives_with_its_body_is_sent_with_it(Transport transport) throws Exception {
        try (Socket client = connect(transport)) {
            for (int i = 0; i < 50; i++) {
                try (Socket server = acceptAfterRequest(client)) {
                    send(server, HEAD + "ok");
                    byte[] response = new byte[1000];
                    int length = client.getInputStream().read(response);
                    assertThat(new String(response, 0, length, ISO_8859_1)).endsWith("\r\n\r\nok");
                }
            }
        }
    }

    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of("200 OK", "200 OK"),
                Arguments.of("200 Fine", "200 Fine"),
                Arguments.of("404 Nothing here, sorry", "404 Nothing here, sorry"),
                Arguments.of("299 Odd", "299 Odd"),
                Arguments.of("500 tab\tand  blanks", "500 tab\tand  blanks"),
                Arguments.of("204 Nothing", "204 Nothing"),
                Arguments.of("304 As before", "304 As before"),
                Arguments.of("200 ", "200 "),
                Arguments.of("200", "200 "),
                Arguments.of("299 ", "299 "),
                Arguments.of("200 sch\u00f6n", "200 OK"));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void the_reason_phrase_of_an_upstream_is_kept(String sent, String expected) throws Exception {
        boolean bodiless = sent.startsWith("204") || sent.startsWith("304");
        try (Socket client = connect(Transport.NIO);
                Socket server = acceptAfterRequest(client)) {
            send(
                    server,
                    "HTTP/1.1 " + sent + "\r\nConnection: close\r\n"
                            + (bodiless ? "\r\n" : "Content-Length: 2\r\n\r\nok"));
            String head = read(client, "\r\n\r\n");
            assertThat(head).startsWith("HTTP/1.1 " + expected + "\r\n");
            if (bodiless) {
                assertThat(head).doesNotContainIgnoringCase("content-length");
            }
        }
    }

    private static ListenFixture front(Transport transport) {
        return Objects.requireNonNull(FRONTS.get(transport), "open");
    }

    private static Socket connect(Transport transport) throws IOException {
        return connect(front(transport).ports.http());
    }

    private static Socket connect(int port) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(5000);
        return client;
    }

    /** Sends a request and returns the connection on which the upstream has it. */
    private static Socket acceptAfterRequest(Socket client) throws IOException {
        send(client, REQUEST);
        Socket server = upstream.accept();
        server.setSoTimeout(5000);
        read(server, "\r\n\r\n");
        return server;
    }

    private static void send(Socket to, String bytes) throws IOException {
        to.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** What comes up to and including some text. */
    private static String read(Socket from, String end) throws IOException {
        InputStream in = from.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int read = in.read();
            assertThat(read).as("after: %s", text).isNotNegative();
            text.append((char) read);
        }
        return text.toString();
    }
}
