package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.http1.ResponseReader.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The time limits of clients. The clock is moved by hand. */
class SlowClientTest {

    private static final String GET = PendingResponses.GET;

    private static final Duration LINGER = Duration.ofSeconds(1);

    /** More than the buffers of two sockets. */
    private static final int LARGE = 32 * 1024 * 1024;

    private final PendingResponses pending = new PendingResponses();
    private final GuardFixture balancer = pending.balancer;
    private final Queue<HttpServerResponse> open = pending.open;

    @AfterEach
    void close() {
        pending.close();
    }

    @Test
    void a_head_that_is_not_complete_in_time_gets_408_and_the_connection_is_closed() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send("GET /api/x HTTP/1.1\r\nHost: a\r\n");
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(9));
            client.send("X: 1\r\n");
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(2));

            Response response = client.read(1).get(0);
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.head()).contains("\r\nconnection: close\r\n", "application/problem+json");
            assertThat(response.body()).contains("\"code\":\"request-timeout\"", "\"rule\":\"head-too-slow\"");
            assertThat(client.rest()).isEmpty();
            assertThat(balancer.counts.snapshot().rejected()).isEqualTo(1);
        }
    }

    @Test
    void many_overdue_connections_are_ended_in_several_turns() throws Exception {
        List<ResponseReader> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ResponseReader client = new ResponseReader(balancer.port);
            clients.add(client);
            client.send(GET);
            client.read(1);
        }

        balancer.passes(Duration.ofSeconds(62));

        assertThat(balancer.turns).hasValue(9);
        for (ResponseReader client : clients) {
            assertThat(client.rest()).isEmpty();
            client.close();
        }
    }

    @Test
    void a_sweep_has_a_limited_number_of_turns() throws Exception {
        List<ResponseReader> clients = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            ResponseReader client = new ResponseReader(balancer.port);
            clients.add(client);
            client.send(GET);
            client.read(1);
        }

        balancer.passes(Duration.ofSeconds(62));

        assertThat(balancer.turns).hasValueBetween(200, 250);
        for (ResponseReader client : clients) {
            assertThat(client.rest()).isEmpty();
            client.close();
        }
    }

    @Test
    void the_time_of_a_head_begins_with_its_first_byte() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send(GET);
            client.read(1);
            balancer.passes(Duration.ofSeconds(40));
            client.send(GET.substring(0, 20));
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(9));
            client.send(GET.substring(20));

            assertThat(client.read(1).get(0).status()).isEqualTo(200);
            client.send(GET.substring(0, 20));
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(11));
            assertThat(client.read(1).get(0).status()).isEqualTo(408);
        }
    }

    @Test
    void a_connection_without_a_request_is_closed_without_a_response() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(11));

            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_connection_can_be_idle_for_a_minute() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send(GET);
            client.read(1);
            balancer.passes(Duration.ofSeconds(59));
            client.send(GET);
            assertThat(client.read(1).get(0).status()).isEqualTo(200);

            balancer.passes(Duration.ofSeconds(61));
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void other_limits_apply_to_open_connections() throws Exception {
        try (ResponseReader idle = new ResponseReader(balancer.port);
                ResponseReader slow = new ResponseReader(balancer.port)) {
            idle.send(GET);
            idle.read(1);
            slow.send(GET.substring(0, 20));
            pending.awaitArrival();
            balancer.use(new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(5), LINGER));

            balancer.passes(Duration.ofSeconds(3));
            assertThat(slow.read(1).get(0).status()).isEqualTo(408);
            idle.send(GET);
            assertThat(idle.read(1).get(0).status()).isEqualTo(200);
            balancer.passes(Duration.ofSeconds(6));
            assertThat(idle.rest()).isEmpty();
        }
    }

    @Test
    void a_body_that_stops_arriving_gets_408() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
            await().until(() -> open.size() == 1);
            balancer.passes(Duration.ofSeconds(25));
            client.send("6");
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(25));
            client.send("7");
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(31));

            assertThat(client.read(1).get(0).status()).isEqualTo(408);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_slow_response_is_never_ended() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n" + GET.substring(0, 20));
            await().until(() -> open.size() == 1);
            for (int minute = 0; minute < 60; minute++) {
                balancer.passes(Duration.ofMinutes(1));
            }
            open.remove().end("at last");

            assertThat(client.read(1).get(0).body()).isEqualTo("at last");
            client.send(GET.substring(20));
            assertThat(client.read(1).get(0).status()).isEqualTo(200);
        }
    }

    @Test
    void a_rejection_is_sent_after_the_responses_before_it() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\nGET bad HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> open.size() == 1 && balancer.counts.snapshot().rejected() == 1);
            open.remove().end("first");

            assertThat(client.read(2)).extracting(Response::status).containsExactly(200, 400);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_rejected_body_ends_a_response_that_has_begun() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send("POST /held HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            await().until(() -> open.size() == 1);
            open.remove().setChunked(true).write("begun");
            pending.awaitArrival();
            client.send("x");

            assertThat(client.rest()).startsWith("HTTP/1.1 200").endsWith("begun\r\n");
        }
    }

    @Test
    void a_response_that_is_being_sent_is_completed_before_the_connection_ends() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send("GET /held HTTP/1.1\r\nHost: a\r\nConnection: close, X\r\n\r\n");
            await().until(() -> open.size() == 1);
            open.remove().end(Buffer.buffer(new byte[LARGE]));
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(30));

            assertThat(client.rest().length()).isGreaterThan(LARGE);
        }
    }

    @Test
    void a_client_that_reads_nothing_of_a_response_is_closed_after_the_body_limit() throws Exception {
        try (Socket client = socket()) {
            client.getOutputStream().write("GET /held HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
            await().until(() -> open.size() == 1);
            HttpServerResponse response = open.remove();
            response.setChunked(true).write(Buffer.buffer(new byte[LARGE]));

            // The client reads until the buffers of the sockets are full.
            await().until(() -> {
                balancer.passes(Duration.ofSeconds(31));
                return response.closed();
            });
        }
    }

    @Test
    void a_client_that_reads_a_response_slowly_is_not_idle() throws Exception {
        try (Socket client = socket()) {
            client.getOutputStream().write("GET /held HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
            await().until(() -> open.size() == 1);
            open.remove().end(Buffer.buffer(new byte[LARGE]));
            int read = 0;
            for (int i = 0; i < 5; i++) {
                read += client.getInputStream().readNBytes(LARGE / 8).length;
                pending.awaitArrival();
                balancer.passes(Duration.ofSeconds(20));
            }

            assertThat(read + client.getInputStream().readNBytes(LARGE - read).length)
                    .isEqualTo(LARGE);
        }
    }

    @Test
    void a_silent_stream_is_limited_by_the_pool_alone() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send("GET /held HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            await().until(() -> open.size() == 1);
            HttpServerResponse response = open.remove();
            response.setChunked(true).write("begun");
            pending.awaitArrival();
            balancer.passes(Duration.ofSeconds(1));
            balancer.passes(Duration.ofHours(1));

            response.end("more");
            assertThat(client.rest()).endsWith("4\r\nmore\r\n0\r\n\r\n");
        }
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket("127.0.0.1", balancer.port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void a_client_that_does_not_close_after_a_rejection_is_closed() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send("GET bad HTTP/1.1\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 400");
            assertThat(balancer.counts.snapshot().rejected()).isEqualTo(1);
            balancer.passes(Duration.ofSeconds(2));

            await().until(() -> broken(client));
        }
    }

    private static boolean broken(ResponseReader client) {
        try {
            client.send("x");
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
