package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A connection that ends after its response ends only after the whole response: over each transport, whether the client or the upstream
 * requires the end, for each framing of the upstream, and with slow clients.
 */
class LastBytesTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int[] SIZES = {0, 5, 50_428, 300_000, 10 * MEGABYTE};
    private static final int[] SIZES_READ_SLOWLY = {5, 50_428, 300_000, MEGABYTE};
    private static final int FEW_BYTES = 4096;

    /** Much smaller, and the system's timers for windows that are nearly closed are what is tested. */
    private static final int SMALL_BUFFER = 128 * 1024;

    private static final Map<Transport, ListenFixture> FRONTS = new HashMap<>();
    private static final List<String> FRAMINGS = List.of("length", "chunked", "close");

    /** The version and fields of requests that end the connection after the response. */
    private static final List<String> LAST_REQUESTS = List.of(
            "HTTP/1.0",
            "HTTP/1.0~Connection: close",
            "HTTP/1.1~Connection: close",
            "HTTP/1.1~connection: CLOSE",
            "HTTP/1.1~Connection: te, close~TE: trailers",
            "HTTP/1.1~Connection: keep-alive~Connection: close");

    private static ByteServer upstream;
    private static TestCertificate certificate;

    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    static Stream<Arguments> lastRequests() {
        return transports()
                .flatMap(transport -> LAST_REQUESTS.stream().map(request -> Arguments.of(transport, request)));
    }

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        upstream = new ByteServer();
        certificate = new TestCertificate(folder, "site");
        certificate.writeTo(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        List<String> settings = List.of(
                "balancer.tls.cert=" + folder.resolve("cert.pem"), "balancer.tls.key=" + folder.resolve("key.pem"));
        transports()
                .forEach(transport -> FRONTS.put(transport, new ListenFixture(transport, settings, upstream.port())));
    }

    @AfterAll
    static void close() {
        FRONTS.values().forEach(ListenFixture::close);
        FRONTS.clear();
        upstream.close();
    }

    /** Cases http10-chunked-upstream and http10-length-300000, and their like. */
    @ParameterizedTest
    @MethodSource("lastRequests")
    void a_response_is_complete_before_its_connection_ends(Transport transport, String last) throws Exception {
        assertComplete(transport, last, SIZES, false, 0, Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("lastRequests")
    void a_client_that_reads_slowly_gets_the_whole_response(Transport transport, String last) throws Exception {
        assertComplete(transport, last, SIZES_READ_SLOWLY, false, SMALL_BUFFER, FEW_BYTES);
    }

    /** Its end would be an exception here if it came without close_notify. */
    @ParameterizedTest
    @MethodSource("lastRequests")
    void over_TLS_a_response_is_complete_before_its_connection_ends(Transport transport, String last) throws Exception {
        assertComplete(transport, last, SIZES_READ_SLOWLY, true, SMALL_BUFFER, FEW_BYTES);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void pipelined_responses_before_the_last_are_complete(Transport transport) throws Exception {
        try (Socket client = connect(transport, false, SMALL_BUFFER)) {
            String requests = request("length", MEGABYTE, "HTTP/1.1")
                    + request("chunked", 300_000, "HTTP/1.1~Connection: close")
                    + "GET /length/1 HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(responses(client, requests, FEW_BYTES))
                    .containsExactly(ByteServer.body(MEGABYTE), ByteServer.body(300_000));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_rejection_and_the_response_before_it_are_complete(Transport transport) throws Exception {
        try (Socket client = connect(transport, false, SMALL_BUFFER)) {
            String requests = request("length", MEGABYTE, "HTTP/1.1") + "GET / HTTP/1.1\r\n\r\n";
            List<byte[]> bodies = responses(client, requests, FEW_BYTES);
            assertThat(bodies).hasSize(2);
            assertThat(bodies.get(0)).isEqualTo(ByteServer.body(MEGABYTE));
            assertThat(new String(bodies.get(1), ISO_8859_1)).endsWith("</html>\n");
        }
    }

    /** Closing with unread bytes would reset the connection, and bytes that the client has not read would be lost. */
    @ParameterizedTest
    @MethodSource("transports")
    void a_client_that_still_sends_its_body_gets_the_whole_response(Transport transport) throws Exception {
        for (String version : List.of("HTTP/1.0", "HTTP/1.1")) {
            try (Socket client = connect(transport, false, SMALL_BUFFER)) {
                OutputStream out = client.getOutputStream();
                String head = "POST /length/50428 " + version + "\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                        + 10 * MEGABYTE + "\r\n\r\n";
                out.write(head.getBytes(ISO_8859_1));
                byte[] begin = client.getInputStream().readNBytes(1000);
                for (int i = 0; i < 10; i++) {
                    out.write(new byte[MEGABYTE]);
                }
                assertThat(bodies(withRest(begin, client))).containsExactly(ByteServer.body(50_428));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_drain_ends_a_connection_after_its_response(Transport transport) throws Exception {
        try (ListenFixture front = new ListenFixture(transport, List.of(), upstream.port());
                Socket client = new Socket("127.0.0.1", front.ports.http())) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write(request("length", 10 * MEGABYTE, "HTTP/1.1").getBytes(ISO_8859_1));
            byte[] begin = client.getInputStream().readNBytes(1000);
            CompletableFuture<Void> drained = CompletableFuture.runAsync(front::drain);
            assertThat(bodies(withRest(begin, client))).containsExactly(ByteServer.body(10 * MEGABYTE));
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("transports")
    void a_failure_response_is_complete(Transport transport) throws Exception {
        int refusing;
        try (ServerSocket taken = new ServerSocket(0)) {
            refusing = taken.getLocalPort();
        }
        try (ListenFixture front = new ListenFixture(transport, List.of(), refusing)) {
            for (String last : LAST_REQUESTS) {
                String response = front.exchange(request("length", 1, last));
                assertThat(response).as(last).matches("(?s)HTTP/1.. 50[234] .*");
                assertThat(bodies(response.getBytes(ISO_8859_1)))
                        .singleElement()
                        .satisfies(
                                body -> assertThat(new String(body, ISO_8859_1)).endsWith("</html>\n"));
            }
        }
    }

    private static void assertComplete(
            Transport transport, String last, int[] sizes, boolean tls, int receiveBuffer, int atOnce)
            throws Exception {
        for (String framing : FRAMINGS) {
            for (int size : sizes) {
                try (Socket client = connect(transport, tls, receiveBuffer)) {
                    assertThat(responses(client, request(framing, size, last), atOnce))
                            .as("%s of %,d", framing, size)
                            .containsExactly(ByteServer.body(size));
                }
            }
        }
    }

    /** Bytes that were read already, and all that follow. */
    private static byte[] withRest(byte[] begin, Socket client) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(begin);
        client.getInputStream().transferTo(all);
        return all.toByteArray();
    }

    private static Socket connect(Transport transport, boolean tls, int receiveBuffer) throws Exception {
        ListenFixture front = Objects.requireNonNull(FRONTS.get(transport), "open");
        Socket wire = new Socket();
        if (receiveBuffer > 0) {
            wire.setReceiveBufferSize(receiveBuffer);
        }
        wire.setSoTimeout(10_000);
        int port = tls ? front.ports.tls() : front.ports.http();
        wire.connect(new InetSocketAddress("127.0.0.1", port));
        if (!tls) {
            return wire;
        }
        SSLSocketFactory trusting = certificate.trusting().getSocketFactory();
        return trusting.createSocket(wire, "127.0.0.1", port, true);
    }

    private static String request(String framing, int size, String versionAndFields) {
        String[] parts = versionAndFields.split("~", 2);
        String fields = parts.length == 1 ? "" : parts[1].replace("~", "\r\n") + "\r\n";
        return "GET /" + framing + "/" + size + " " + parts[0] + "\r\nHost: x\r\n" + fields + "\r\n";
    }

    /** The bodies of all responses until the connection ends; no more than so many bytes are read at once. */
    private static List<byte[]> responses(Socket client, String requests, int atOnce) throws IOException {
        client.getOutputStream().write(requests.getBytes(ISO_8859_1));
        return bodies(readAll(client.getInputStream(), atOnce));
    }

    private static byte[] readAll(InputStream in, int atOnce) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[Math.min(atOnce, 64 * 1024)];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            all.write(some, 0, read);
        }
        return all.toByteArray();
    }

    private static List<byte[]> bodies(byte[] responses) {
        List<byte[]> bodies = new ArrayList<>();
        int at = 0;
        while (at < responses.length) {
            int from = indexOf(responses, at, "\r\n\r\n") + 4;
            String head = new String(responses, at, from - at, ISO_8859_1).toLowerCase(Locale.ROOT);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
                at = dechunk(responses, from, body);
            } else {
                int length = head.contains("\r\ncontent-length: ")
                        ? Integer.parseInt(head.replaceAll("(?s).*\r\ncontent-length: (\\d+)\r\n.*", "$1"))
                        : responses.length - from;
                at = from + length;
                body.write(responses, from, Math.min(length, responses.length - from));
            }
            bodies.add(body.toByteArray());
        }
        return bodies;
    }

    private static int dechunk(byte[] from, int begin, ByteArrayOutputStream to) {
        int at = begin;
        while (true) {
            int line = indexOf(from, at, "\r\n");
            int size = Integer.parseInt(new String(from, at, line - at, ISO_8859_1), 16);
            if (size == 0) {
                return line + 4;
            }
            to.write(from, line + 2, size);
            at = line + 2 + size + 2;
        }
    }

    private static int indexOf(byte[] bytes, int from, String text) {
        byte[] wanted = text.getBytes(ISO_8859_1);
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError(
                "ends early: " + new String(bytes, from, Math.min(200, bytes.length - from), ISO_8859_1));
    }
}
