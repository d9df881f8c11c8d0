package io.ratemesh.balancer.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http1.Corpus.Case;
import io.ratemesh.balancer.http1.RecordingUpstream.Seen;
import io.ratemesh.balancer.http1.ResponseReader.Answer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw requests against a real front door with a real upstream behind it. */
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
    void a_request_is_answered_as_it_deserves_and_no_upstream_sees_what_is_refused(Case request) throws Exception {
        run(request, false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void it_makes_no_difference_in_which_pieces_a_request_comes(Case request) throws Exception {
        run(request, true);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_good_request_before_it_is_answered_first(Case request) throws Exception {
        run(request.preceded(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_good_request_before_it_is_answered_first_in_whatever_pieces_they_come(Case request) throws Exception {
        run(request.preceded(), true);
    }

    private static void run(Case request, boolean octetByOctet) throws IOException {
        try (GuardFixture door = new GuardFixture(VERTX, octetByOctet);
                ResponseReader client = new ResponseReader(door.port)) {
            client.send(request.send());
            List<Answer> answers = client.read(request.statuses().size());

            assertThat(answers).extracting(Answer::status).isEqualTo(request.statuses());
            if (request.closed()) {
                assertThat(answers.get(answers.size() - 1).head()).contains("\r\nconnection: close\r\n");
                assertThat(client.rest()).as("behind the last answer").isEmpty();
            } else {
                client.send("GET /after HTTP/1.1\r\nHost: after\r\n\r\n");
                assertThat(client.read(1)).extracting(Answer::status).containsExactly(200);
            }
            sawAll(request, door.upstream);
            long refused =
                    request.statuses().stream().filter(status -> status >= 400).count();
            assertThat(door.counts.snapshot().rejected()).isEqualTo(refused);
        }
    }

    private static void sawAll(Case request, RecordingUpstream upstream) {
        List<Seen> seen = request.closed()
                ? upstream.requests()
                : upstream.requests().subList(0, upstream.requests().size() - 1);
        assertThat(seen).extracting(Seen::line).isEqualTo(request.sees());
        if (!request.part() && request.closed()) {
            long whole = seen.stream().mapToLong(Seen::octets).sum();
            assertThat(upstream.octets()).as("octets the upstream saw").isEqualTo(whole);
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
