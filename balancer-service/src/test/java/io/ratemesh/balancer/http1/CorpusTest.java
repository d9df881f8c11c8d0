package io.ratemesh.balancer.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http1.Corpus.Case;
import io.ratemesh.balancer.http1.RecordingUpstream.Seen;
import io.ratemesh.balancer.http1.ResponseReader.Response;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw requests against a real balancer with a real upstream behind it. */
class CorpusTest {

    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        GuardFixture.await(VERTX.close());
    }

    static Stream<Case> cases() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_gets_its_status_and_no_upstream_sees_what_is_rejected(Case request) throws Exception {
        run(request, false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_that_arrives_byte_by_byte_gets_the_same(Case request) throws Exception {
        run(request, true);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_valid_request_before_it_gets_its_response_first(Case request) throws Exception {
        run(request.preceded(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_valid_request_before_it_gets_its_response_first_byte_by_byte(Case request) throws Exception {
        run(request.preceded(), true);
    }

    private static void run(Case request, boolean byteByByte) throws IOException {
        try (GuardFixture balancer = new GuardFixture(VERTX, byteByByte);
                ResponseReader client = new ResponseReader(balancer.port)) {
            client.send(request.send());
            List<Response> responses = client.read(request.statuses().size());

            assertThat(responses).extracting(Response::status).isEqualTo(request.statuses());
            if (request.closed()) {
                assertThat(responses.get(responses.size() - 1).head()).contains("\r\nconnection: close\r\n");
                assertThat(client.rest()).as("behind the last response").isEmpty();
            } else {
                client.send("GET /after HTTP/1.1\r\nHost: after\r\n\r\n");
                assertThat(client.read(1)).extracting(Response::status).containsExactly(200);
            }
            sawAll(request, balancer.upstream);
            long rejected =
                    request.statuses().stream().filter(status -> status >= 400).count();
            assertThat(balancer.counts.snapshot().rejected()).isEqualTo(rejected);
        }
    }

    private static void sawAll(Case request, RecordingUpstream upstream) {
        List<Seen> seen = request.closed()
                ? upstream.requests()
                : upstream.requests().subList(0, upstream.requests().size() - 1);
        assertThat(seen).extracting(Seen::line).isEqualTo(request.sees());
        if (!request.part() && request.closed()) {
            long whole = seen.stream().mapToLong(Seen::bytes).sum();
            assertThat(upstream.bytes()).as("bytes the upstream saw").isEqualTo(whole);
        }
        if (!seen.isEmpty() && !request.sees().get(request.sees().size() - 1).startsWith("GET /before")) {
            Seen last = seen.get(seen.size() - 1);
            assertThat(last.body()).isEqualTo(request.body());
            if (request.fields() != null) {
                assertThat(last.fields()).containsExactlyInAnyOrderElementsOf(request.fields());
            }
        }
    }
}
