package io.ratemesh.converter;

import static io.ratemesh.converter.TestConverter.awaited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.RateBookCodec;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Announcer;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.ratemesh.node.lifecycle.StartException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {

    private static final String CONVERT = "/api/v1/convert?from=EUR&to=USD&amount=1";

    @ParameterizedTest
    @ValueSource(strings = {CONVERT, "/api/v1/rates", "/api/v1/stream"})
    void without_a_book_it_stays_starting_and_responds_503_with_retry_after(String path) {
        try (TestConverter converter = TestConverter.start()) {
            HttpResponse<String> response = converter.get(path);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).isPresent();
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("no-rates-yet");
            assertThat(converter.node().announcer().current().state()).isEqualTo(NodeState.STARTING);
            assertThat(converter.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(converter.get("/health/startup").statusCode()).isEqualTo(503);
            assertThat(converter.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(converter.get("/api/v1/status").statusCode()).isEqualTo(200);
            assertThat(converter.request("OPTIONS", path).statusCode()).isEqualTo(204);

            converter.publish(TestBooks.example());

            assertThat(converter.node().announcer().current().state()).isEqualTo(NodeState.READY);
            assertThat(converter.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(converter.get(CONVERT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_reader_that_reconnects_to_a_younger_node_gets_exactly_the_missed_updates() {
        try (TestConverter old = TestConverter.start()) {
            RateBook known = old.publish(TestBooks.example());
            RateBook missed = old.publish(TestBooks.example().ecb("USD", "1.15"));
            RateBook newest = old.publish(TestBooks.example().ecb("USD", "1.16"));
            try (TestConverter young = TestConverter.startIn(old.cluster())) {
                young.holds(newest.version());
                try (EventStream stream =
                        EventStream.open(young, "?pairs=EUR/USD", "Last-Event-ID", "" + known.version())) {
                    stream.next();
                    assertThat(stream.nextEvent()).startsWith("id: " + missed.version() + "\nevent: rates");
                    assertThat(stream.nextEvent()).startsWith("id: " + newest.version() + "\nevent: rates");
                    RateBook later = old.publish(TestBooks.example().ecb("USD", "1.17"));
                    assertThat(stream.nextEvent()).startsWith("id: " + later.version() + "\nevent: rates");
                }
            }
        }
    }

    @Test
    void a_new_converter_reads_the_book_from_the_cache_and_receives_the_next_one() {
        try (TestConverter first = TestConverter.start()) {
            RateBook book = first.publish(TestBooks.example());
            try (TestConverter second = TestConverter.startIn(first.cluster())) {
                second.holds(book.version());
                HttpResponse<String> here = first.get(CONVERT);
                HttpResponse<String> there = second.get(CONVERT);
                assertThat(there.body()).isEqualTo(here.body());
                assertThat(there.headers().firstValue("etag"))
                        .isEqualTo(here.headers().firstValue("etag"));
                assertThat(there.headers().firstValue("x-served-by"))
                        .isNotEqualTo(here.headers().firstValue("x-served-by"));

                RateBook next = first.publish(TestBooks.example().ecb("USD", "2"));

                second.holds(next.version());
                assertThat(second.get(CONVERT).body()).contains("\"result\":\"2.00\"");
            }
        }
    }

    @Test
    void a_book_that_is_not_newer_is_ignored() {
        try (TestConverter converter = TestConverter.start()) {
            RateBook book = converter.publish(TestBooks.example());
            RateBook older = TestBooks.example().ecb("USD", "9").version(book.version() - 1);
            converter
                    .node()
                    .vertx()
                    .eventBus()
                    .publish(io.ratemesh.node.book.SharedBook.ADDRESS, RateBookCodec.encode(older));
            RateBook next = converter.publish(TestBooks.example().ecb("GBP", "0.9"));

            assertThat(converter.get(CONVERT).body()).contains("\"rate\":\"1.1415\"", "" + next.version());
        }
    }

    @Test
    void a_book_that_was_announced_but_never_received_is_read_from_the_cache() {
        try (TestConverter converter = TestConverter.start()) {
            RateBook book = converter.publish(TestBooks.example());
            for (int missed = 1; missed <= 3; missed++) {
                RateBook next =
                        TestBooks.example().ecb("USD", "2." + missed + "5").version(book.version() + missed);
                storeWithoutPublishing(converter, next);

                announce(converter, next.version());

                converter.holds(next.version());
                assertThat(converter.get(CONVERT).body()).contains("\"rate\":\"2." + missed + "5\"");
            }
            // Two in a row made it subscribe again, and the new subscription works.
            RateBook last = TestBooks.example().ecb("USD", "4").version(book.version() + 9);
            converter.publish(last);
            assertThat(converter.get(CONVERT).body()).contains("\"result\":\"4.00\"");
        }
    }

    @Test
    void a_port_that_is_taken_is_named_with_its_setting() {
        try (TestConverter first = TestConverter.start()) {
            assertThatThrownBy(() -> TestConverter.start("converter.port=" + first.port()))
                    .hasRootCauseInstanceOf(StartException.class)
                    .rootCause()
                    .hasMessage("converter.port: \"127.0.0.1:" + first.port()
                            + "\" is in use or not permitted; use a free port");
        }
    }

    @Test
    void draining_ends_streams_with_a_retry_time_and_closes_connections() {
        TestConverter converter = TestConverter.start();
        converter.publish(TestBooks.example());
        try (EventStream stream = EventStream.open(converter, "");
                RawConnection kept = converter.connect()) {
            stream.next();
            stream.next();
            kept.send("GET " + CONVERT + " HTTP/1.1\nHost: test\n\n");
            assertThat(kept.readResponse()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("connection: close");

            Future<Void> stopped = converter.stop();

            String last = stream.nextEvent();
            assertThat(last).matches("retry: \\d+");
            assertThat(Integer.parseInt(last.substring(7))).isBetween(500, 2000);
            assertThat(stream.next()).isEqualTo(EventStream.END);
            kept.send("GET " + CONVERT + " HTTP/1.1\nHost: test\n\n");
            assertThat(kept.readResponse()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("connection: close");
            assertThat(kept.isClosedByPeer()).isTrue();
            awaited(stopped);
        }
    }

    @Test
    void an_idle_connection_does_not_delay_the_drain() {
        TestConverter converter = TestConverter.start("node.drain-timeout=1m");
        converter.publish(TestBooks.example());
        try (RawConnection idle = converter.connect()) {
            idle.send("GET " + CONVERT + " HTTP/1.1\nHost: test\n\n");
            idle.readResponse();

            awaited(converter.stop());

            assertThat(idle.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void a_draining_converter_is_not_ready_and_still_serves() {
        try (TestConverter converter = TestConverter.start()) {
            converter.publish(TestBooks.example());

            awaited(converter.node().announcer().setState(NodeState.DRAINING));

            assertThat(converter.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(converter.get(CONVERT).statusCode()).isEqualTo(200);
            converter.publish(TestBooks.example().ecb("USD", "2"));
            assertThat(converter.node().announcer().current().state()).isEqualTo(NodeState.DRAINING);
        }
    }

    @Test
    void it_announces_its_port_its_book_and_its_readers() {
        try (TestConverter converter = TestConverter.start()) {
            RateBook book = converter.publish(TestBooks.example());
            try (EventStream stream = EventStream.open(converter, "")) {
                stream.next();
                await().untilAsserted(() -> {
                    Announcement announced = converter.node().directory().present().stream()
                            .findFirst()
                            .orElseThrow();
                    assertThat(announced.port()).isEqualTo(converter.port()).isPositive();
                    assertThat(announced.bookVersion()).isEqualTo(book.version());
                    assertThat(announced.load().streams()).isEqualTo(1);
                    assertThat(announced.state()).isEqualTo(NodeState.READY);
                });
            }
        }
    }

    private static void storeWithoutPublishing(TestConverter converter, RateBook book) {
        awaited(converter
                .node()
                .vertx()
                .sharedData()
                .<String, String>getClusterWideMap(HazelcastSetup.RATES_MAP)
                .compose(map -> map.put(HazelcastSetup.LATEST_BOOK, RateBookCodec.encode(book))));
    }

    private static void announce(TestConverter converter, long version) {
        JsonObject announcement = converter
                .node()
                .announcer()
                .current()
                .toJson()
                .put("id", "another")
                .put("bookVersion", version);
        converter.node().vertx().eventBus().publish(Announcer.ANNOUNCE_ADDRESS, announcement);
    }
}
