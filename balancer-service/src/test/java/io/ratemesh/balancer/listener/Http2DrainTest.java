package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.balancer.listener.RawHttp2.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 connections of a balancer that stops soon and still accepts others: each ends where its client loses nothing. */
class Http2DrainTest {

    private final ListenFixture front = ListenFixture.plain("balancer.h2c.port=0", "balancer.h2c.bind=127.0.0.1");

    @AfterEach
    void close() {
        front.close();
    }

    @Test
    void a_stream_that_the_client_began_before_it_knew_has_its_response_and_then_the_connection_ends()
            throws Exception {
        try (RawHttp2 client = connect()) {
            client.get(1, ":scheme", "http");
            assertThat(client.body(1)).isEqualTo("hello");
            front.drainConnections();
            Frame goAway = awaitGoAway(client);
            assertThat(goAway.payload().getInt(0))
                    .as("the last stream that is served")
                    .isEqualTo(Integer.MAX_VALUE);
            assertThat(goAway.payload().getInt(4)).as("NO_ERROR").isZero();

            client.get(3, ":scheme", "http");

            assertThat(client.body(3)).isEqualTo("hello");
            assertEnds(client);
        }
    }

    @Test
    void a_request_under_way_is_responded_to_before_the_connection_ends() throws Exception {
        try (RawHttp2 client = connect()) {
            client.head(1, false, ":method", "POST", ":scheme", "http", ":path", "/echo", ":authority", "a");
            client.frame(RawHttp2.DATA, 0, 1, new byte[] {'a'});
            awaitType(client, RawHttp2.HEADERS);
            front.drainConnections();
            awaitGoAway(client);

            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[] {'b'});

            assertThat(client.body(1)).endsWith("b");
            assertEnds(client);
        }
    }

    @Test
    void a_new_connection_ends_after_its_first_request() throws Exception {
        front.drainConnections();
        try (RawHttp2 client = connect()) {
            client.get(1, ":scheme", "http");

            awaitGoAway(client);
            assertThat(client.body(1)).isEqualTo("hello");
            assertEnds(client);
        }
    }

    private RawHttp2 connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", front.ports.h2c());
        socket.setSoTimeout(10_000);
        return new RawHttp2(socket);
    }

    private static Frame awaitGoAway(RawHttp2 client) throws IOException {
        return awaitType(client, RawHttp2.GOAWAY);
    }

    private static Frame awaitType(RawHttp2 client, int type) throws IOException {
        Frame frame = client.any();
        while (frame.type() != type) {
            frame = client.any();
        }
        return frame;
    }

    private static void assertEnds(RawHttp2 client) {
        assertThatThrownBy(() -> awaitType(client, -1)).isInstanceOf(EOFException.class);
    }
}
