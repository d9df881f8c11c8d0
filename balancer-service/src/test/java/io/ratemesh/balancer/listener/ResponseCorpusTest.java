package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.listener.ResponseClient.Seen;
import io.ratemesh.balancer.listener.ResponseCorpus.Case;
import io.ratemesh.balancer.listener.ResponseCorpus.Expected;
import io.ratemesh.balancer.listener.ResponseCorpus.Outcome;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw responses of an upstream, through the ports as they are set, to clients of all versions, over each transport. */
class ResponseCorpusTest {

    private static final List<Case> CASES = cases();
    private static final Map<Transport, ListenFixture> FIXTURES = new HashMap<>();
    private static final ExecutorService CLIENTS = Executors.newCachedThreadPool();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static ScriptedUpstream upstream;

    private static List<Case> cases() {
        try {
            return ResponseCorpus.all();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void open() throws Exception {
        upstream = new ScriptedUpstream(CASES);
    }

    @AfterAll
    static void close() throws Exception {
        FIXTURES.values().forEach(ListenFixture::close);
        upstream.close();
        CLIENTS.shutdownNow();
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                        Named.of("nio", Transport.NIO),
                        Named.of("epoll", Transport.EPOLL),
                        Named.of("io_uring", Transport.IO_URING))
                .filter(transport ->
                        transport.getPayload() != null && transport.getPayload().available())
                .flatMap(transport -> Stream.of(ResponseClient.values())
                        .flatMap(client -> IntStream.range(0, CASES.size())
                                .mapToObj(nth -> Arguments.of(nth, CASES.get(nth), client, transport))));
    }

    @ParameterizedTest(name = "{1}, {2}, {3}")
    @MethodSource("rows")
    void a_response_is_complete_or_visibly_cut(int nth, Case response, ResponseClient client, Transport transport)
            throws Exception {
        ListenFixture front = FIXTURES.computeIfAbsent(
                transport, opened -> new ListenFixture(opened, List.of("balancer.h2c.port=0"), upstream.port()));
        int port = client == ResponseClient.HTTP_2 ? front.ports.h2c() : front.ports.http();
        List<Future<?>> requests = new ArrayList<>();
        List<Integer> cuts = response.cuts();
        // All that are cut at once: over io_uring a reset right after data is noticed only after half a second.
        for (int cut : cuts.subList(0, cuts.size() - 1)) {
            requests.add(CLIENTS.submit(() -> send(nth, response, client, port, cut)));
        }
        for (Future<?> each : requests) {
            each.get();
        }
        send(nth, response, client, port, cuts.get(cuts.size() - 1));
    }

    private static @Nullable Void send(int nth, Case response, ResponseClient client, int port, int cut)
            throws Exception {
        String target = "/api/" + nth + "/" + cut + "/" + NUMBER.incrementAndGet();
        Seen seen = client.send(port, response.method(), target);
        isAsExpected(response, response.expectedAt(cut), seen, client + " of " + cut + " bytes: " + seen);
        if (response.kept()) {
            String next = target + "/next";
            client.send(port, response.method(), next);
            assertThat(upstream.connection(next))
                    .as("connection of the next request")
                    .isSameAs(upstream.connection(target));
        } else if (response.thrownAway()) {
            assertThat(upstream.connection(target).closed.await(5, TimeUnit.SECONDS))
                    .as("closed by the balancer")
                    .isTrue();
        }
        return null;
    }

    private static void isAsExpected(Case response, Expected expected, Seen seen, String what) {
        assertThat(seen.outcome()).as(what).isEqualTo(expected.outcome());
        if (expected.isRefused()) {
            assertThat(seen.status()).as(what).isEqualTo(502);
            assertThat(seen.fields()).as(what).contains("content-type: application/problem+json");
            assertThat(seen.body()).as(what).contains(response.method().equals("HEAD") ? "" : "upstream-broke");
        } else if (expected.outcome() == Outcome.CUT) {
            // Where nothing of the body came, the head may not have been on its way yet.
            assertThat(seen.status()).as(what).isIn(seen.body().isEmpty() ? 0 : expected.status(), expected.status());
            assertThat(response.body()).as(what).startsWith(seen.body());
        } else {
            assertThat(seen.status()).as(what).isEqualTo(expected.status());
            assertThat(seen.fields()).as(what).containsAll(response.fields());
            for (String name : response.without()) {
                assertThat(seen.fields()).as(what).noneMatch(field -> field.startsWith(name + ":"));
            }
            if (response.each()) {
                assertThat(response.body()).as(what).startsWith(seen.body());
            } else {
                assertThat(seen.body()).as(what).isEqualTo(response.body());
            }
        }
    }
}
