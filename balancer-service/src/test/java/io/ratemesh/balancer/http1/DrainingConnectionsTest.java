package io.ratemesh.balancer.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.http1.ResponseReader.Response;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of a balancer that stops soon and still accepts others: each ends where its client loses nothing. */
class DrainingConnectionsTest {

    private static final String GET = PendingResponses.GET;
    private static final String GET_LATER = "GET /later HTTP/1.1\r\nHost: a\r\n\r\n";

    private final PendingResponses pending = new PendingResponses();
    private final GuardFixture balancer = pending.balancer;
    private final Queue<HttpServerResponse> open = pending.open;

    @AfterEach
    void close() {
        pending.close();
    }

    @Test
    void the_next_response_of_a_busy_connection_is_its_last() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send(GET);
            assertThat(client.read(1).get(0).head()).doesNotContain("connection: close");
            balancer.drain();
            client.send(GET);

            endsWith(client, 1);
        }
    }

    @Test
    void the_first_response_of_a_new_connection_is_its_last() throws Exception {
        balancer.drain();
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send(GET);

            endsWith(client, 1);
        }
    }

    @Test
    void requests_under_way_are_all_responded_to() throws Exception {
        try (ResponseReader client = new ResponseReader(balancer.port)) {
            client.send(GET_LATER + GET);
            await().until(() -> open.size() == 1);
            balancer.drain();
            open.remove().end("late");

            endsWith(client, 2);
        }
    }

    @Test
    void a_connection_that_is_idle_for_a_second_is_closed_and_one_with_half_a_request_is_not() throws Exception {
        try (ResponseReader idle = new ResponseReader(balancer.port);
                ResponseReader sending = new ResponseReader(balancer.port)) {
            idle.send(GET);
            idle.read(1);
            sending.send(GET.substring(0, 20));
            pending.awaitArrival();
            balancer.drain();
            balancer.passes(Duration.ofMillis(500));
            balancer.passes(Duration.ofMillis(500));

            assertThat(idle.rest()).isEmpty();
            sending.send(GET.substring(20));
            endsWith(sending, 1);
        }
    }

    private static void endsWith(ResponseReader client, int responses) throws Exception {
        List<Response> all = client.read(responses);
        assertThat(all).allMatch(response -> response.status() == 200);
        assertThat(all.get(responses - 1).head()).contains("\r\nconnection: close\r\n");
        assertThat(all.subList(0, responses - 1))
                .noneMatch(response -> response.head().contains("connection: close"));
        assertThat(client.rest()).isEmpty();
    }
}
