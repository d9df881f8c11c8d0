package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.settings.TransportSetting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses that are cut for reasons outside of their bytes. */
class CutResponsesTest {

    private static final String STREAM = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    private static final int CANCEL = 8;

    private ServerSocket upstream;
    private @Nullable ListenFixture opened;

    @BeforeEach
    void listen() throws Exception {
        upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        upstream.close();
        if (opened != null) {
            opened.close();
        }
    }

    private ListenFixture open(String... settings) {
        ListenFixture front = new ListenFixture(
                TransportChoice.choose(TransportSetting.AUTO), List.of(settings), upstream.getLocalPort());
        opened = front;
        return front;
    }

    /** A close_notify would say that all is there, whatever the reader makes of the rest (RFC 9112 §9.8). */
    @Test
    void over_TLS_a_cut_response_that_ends_with_its_connection_gets_no_close_notify(@TempDir Path folder)
            throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "site");
        certificate.writeTo(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        ListenFixture front = open(
                "balancer.tls.cert=" + folder.resolve("cert.pem"), "balancer.tls.key=" + folder.resolve("key.pem"));
        try (SSLSocket client = front.tlsSocket(certificate.trusting(), "http/1.1")) {
            client.getOutputStream().write("GET /x HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
            InputStream in = client.getInputStream();
            try (RawConnection server = new RawConnection(upstream.accept())) {
                server.head();
                server.send(STREAM);
                assertThat(read(in, "hello")).startsWith("HTTP/1.0 200 ");
            }
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_drain_cuts_a_stream_that_is_not_of_events_visibly() throws Exception {
        ListenFixture front = open("balancer.h2c.port=0");
        try (RawConnection client = RawConnection.to(front.ports.http()).send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
                RawConnection server = new RawConnection(upstream.accept());
                RawConnection old = RawConnection.to(front.ports.http()).send("GET /x HTTP/1.0\r\n\r\n");
                RawConnection oldServer = new RawConnection(upstream.accept());
                Socket socket = new Socket("127.0.0.1", front.ports.h2c());
                RawHttp2 http2 = new RawHttp2(socket)) {
            socket.setSoTimeout(10_000);
            server.head();
            server.send(STREAM);
            client.readTo("hello");
            oldServer.head();
            oldServer.send(STREAM);
            old.readTo("hello");
            http2.get(1, ":path", "/x", ":scheme", "http");
            try (RawConnection http2Server = new RawConnection(upstream.accept())) {
                http2Server.head();
                http2Server.send(STREAM);
                assertThat(http2.next(1).type()).isEqualTo(RawHttp2.HEADERS);
                assertThat(http2.next(1).text()).isEqualTo("hello");

                front.endStreams();

                assertThat(client.rest()).doesNotContain("0\r\n\r\n");
                assertThatThrownBy(old::rest).isInstanceOf(IOException.class);
                RawHttp2.Frame end = http2.next(1);
                assertThat(end.type()).isEqualTo(RawHttp2.RST_STREAM);
                assertThat(end.error()).isEqualTo(CANCEL);
            }
        }
    }

    @Test
    void a_drain_completes_a_stream_of_events() throws Exception {
        ListenFixture front = open();
        try (RawConnection client = RawConnection.to(front.ports.http()).send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
                RawConnection server = new RawConnection(upstream.accept())) {
            server.head();
            server.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            client.readTo("data: 1\n\n");

            front.endStreams();

            assertThat(client.readTo("\r\n0\r\n\r\n")).contains("retry: ");
        }
    }

    private static String read(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int value = in.read();
            assertThat(value).as("behind %s", text).isNotNegative();
            text.append((char) value);
        }
        return text.toString();
    }
}
