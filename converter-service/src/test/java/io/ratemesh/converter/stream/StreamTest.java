package io.ratemesh.converter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.converter.EventStream;
import io.ratemesh.converter.RawConnection;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.RateBook;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest {

    private static TestConverter converter;

    @BeforeAll
    static void start() {
        converter = TestConverter.start(
                "converter.stream.heartbeat=400ms",
                "converter.stream.replay=3",
                "converter.stream.max-pairs=3",
                "converter.stream.max-subscribers=2");
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    /** Two readers are the limit, and a closed one counts until the converter notices. */
    @AfterEach
    void no_reader_is_left() {
        await().until(() -> converter.get("/metrics").body().contains("\nratemesh_converter_streams 0"));
    }

    @Test
    void a_reader_gets_a_snapshot_then_what_changes() {
        RateBook first = converter.publish(TestBooks.example());

        try (EventStream stream = EventStream.open(converter, "?pairs=EUR/USD,usd/jpy")) {
            assertThat(stream.next()).isEqualTo("retry: 2000");
            assertThat(stream.nextEvent())
                    .isEqualTo("id: " + first.version() + "\nevent: snapshot\ndata: {\"version\":" + first.version()
                            + ",\"rates\":{\"EUR/USD\":{\"rate\":\"1.1415\",\"asOf\":\"2026-07-06T14:00:00Z\","
                            + "\"source\":\"ecb\",\"stale\":false},\"USD/JPY\":{\"rate\":"
                            + "\"162.3390275952693823915900131406045\",\"asOf\":\"2026-07-06T14:00:00Z\","
                            + "\"source\":\"ecb\",\"stale\":false}}}");
            converter.publish(TestBooks.example().ecb("GBP", "0.87"));
            RateBook third =
                    converter.publish(TestBooks.example().ecb("GBP", "0.87").ecb("JPY", "200"));
            assertThat(stream.nextEvent())
                    .isEqualTo("id: " + third.version() + "\nevent: rates\ndata: {\"version\":" + third.version()
                            + ",\"rates\":{\"USD/JPY\":{\"rate\":\"175.2080595707402540516863775733684\","
                            + "\"asOf\":\"2026-07-06T14:00:00Z\",\"source\":\"ecb\",\"stale\":false}}}");
        }
    }

    @Test
    void the_header_fields_forbid_buffering_and_transforming() {
        converter.publish(TestBooks.example());

        try (EventStream stream = EventStream.open(converter, "", "Accept-Encoding", "gzip")) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            assertThat(stream.response().headers().map())
                    .containsEntry("content-type", List.of("text/event-stream"))
                    .containsEntry("cache-control", List.of("no-cache, no-transform"))
                    .containsEntry("x-accel-buffering", List.of("no"))
                    .containsEntry("access-control-allow-origin", List.of("*"))
                    .containsKey("x-served-by")
                    .doesNotContainKey("content-encoding");
        }
    }

    @Test
    void without_pairs_every_currency_is_sent_against_the_euro() {
        converter.publish(TestBooks.example());

        try (EventStream stream = EventStream.open(converter, "")) {
            stream.next();
            assertThat(rates(stream.nextEvent()).fieldNames()).containsExactly("EUR/GBP", "EUR/JPY", "EUR/USD");
            converter.publish(TestBooks.example().ecb("CHF", "0.93"));
            assertThat(rates(stream.nextEvent()).fieldNames()).containsExactly("EUR/CHF");
            converter.publish(TestBooks.example());
            JsonObject removed = rates(stream.nextEvent());
            assertThat(removed.containsKey("EUR/CHF")).isTrue();
            assertThat(removed.getValue("EUR/CHF")).isNull();
        }
    }

    @Test
    void a_simulated_rate_is_marked_and_a_cross_rate_names_both_sources() {
        converter.publish(TestBooks.example()
                .from("simulated", "CHF", "0.93", TestBooks.OBSERVED)
                .staleAt(Instant.parse("2026-07-07T00:00:00Z"), "GBP", "0.86"));

        try (EventStream stream = EventStream.open(converter, "?pairs=USD/CHF,EUR/GBP")) {
            stream.next();
            JsonObject rates = rates(stream.nextEvent());
            assertThat(rates.getJsonObject("USD/CHF").getString("source")).isEqualTo("ecb+simulated");
            assertThat(rates.getJsonObject("USD/CHF").getBoolean("simulated")).isTrue();
            assertThat(rates.getJsonObject("EUR/GBP").containsKey("simulated")).isFalse();
            assertThat(rates.getJsonObject("EUR/GBP").getBoolean("stale")).isTrue();
        }
    }

    @Test
    void a_silent_stream_is_kept_alive_by_comments() {
        converter.publish(TestBooks.example());

        long begun = System.nanoTime();
        try (EventStream stream = EventStream.open(converter, "")) {
            stream.next();
            stream.next();
            assertThat(stream.next()).startsWith(":");
            assertThat(stream.next()).startsWith(":");
            assertThat(System.nanoTime() - begun).isGreaterThan(300_000_000L);
        }
    }

    @Test
    void a_reconnecting_reader_gets_exactly_the_missed_updates_once_and_then_live_ones() {
        RateBook known = converter.publish(TestBooks.example());
        RateBook missedOne = converter.publish(TestBooks.example().ecb("USD", "1.2"));
        converter.publish(TestBooks.example().ecb("USD", "1.2").ecb("GBP", "0.9"));
        RateBook missedThree = converter.publish(TestBooks.example().ecb("USD", "1.3"));

        try (EventStream stream =
                EventStream.open(converter, "?pairs=EUR/USD", "Last-Event-ID", "" + known.version())) {
            assertThat(stream.nextEvent()).isEqualTo("retry: 2000");
            assertThat(stream.nextEvent()).startsWith("id: " + missedOne.version() + "\nevent: rates\n");
            assertThat(stream.nextEvent())
                    .startsWith("id: " + missedThree.version() + "\nevent: rates\n")
                    .contains("\"rate\":\"1.3\"");
            RateBook live = converter.publish(TestBooks.example().ecb("USD", "1.4"));
            assertThat(stream.nextEvent()).startsWith("id: " + live.version() + "\nevent: rates\n");
        }
    }

    @Test
    void a_reader_that_missed_nothing_gets_no_event() {
        RateBook known = converter.publish(TestBooks.example());

        try (EventStream stream = EventStream.open(converter, "", "Last-Event-ID", "" + known.version())) {
            assertThat(stream.next()).isEqualTo("retry: 2000");
            assertThat(stream.next()).startsWith(":");
            RateBook live = converter.publish(TestBooks.example().ecb("USD", "1.4"));
            assertThat(stream.nextEvent()).startsWith("id: " + live.version() + "\nevent: rates\n");
        }
    }

    @Test
    void a_reader_from_a_node_with_a_newer_book_never_goes_back() {
        RateBook here = converter.publish(TestBooks.example());
        RateBook there = TestBooks.example().ecb("USD", "1.2").version(here.version() + 2);

        try (EventStream stream =
                EventStream.open(converter, "?pairs=EUR/USD", "Last-Event-ID", "" + there.version())) {
            assertThat(stream.nextEvent()).isEqualTo("retry: 2000");
            converter.publish(TestBooks.example().ecb("USD", "1.1"));
            converter.publish(there);
            RateBook live = converter.publish(TestBooks.example().ecb("USD", "1.4"));
            assertThat(stream.nextEvent()).startsWith("id: " + live.version() + "\nevent: rates\n");
        }
    }

    @Test
    void a_newer_book_that_never_comes_is_given_up() {
        RateBook now = converter.publish(TestBooks.example());

        try (EventStream stream =
                EventStream.open(converter, "?pairs=EUR/USD", "Last-Event-ID", "" + (now.version() + 1000))) {
            assertThat(stream.nextEvent()).isEqualTo("retry: 2000");
            assertThat(stream.nextEvent()).startsWith("event: resync\n");
            assertThat(stream.nextEvent()).startsWith("id: " + now.version() + "\nevent: snapshot\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "99999999999999999", "9999999999999999999999", "-5", "abc", "1783346400001 "})
    void a_reader_outside_the_replay_window_gets_resync_and_snapshot(String lastEventId) {
        for (int i = 0; i < 5; i++) {
            converter.publish(TestBooks.example().ecb("USD", "1." + i));
        }
        RateBook now = converter.publish(TestBooks.example());

        try (EventStream stream = EventStream.open(converter, "?pairs=EUR/USD", "Last-Event-ID", lastEventId)) {
            assertThat(stream.next()).isEqualTo("retry: 2000");
            assertThat(stream.next()).isEqualTo("event: resync\ndata: {\"version\":" + now.version() + "}");
            assertThat(stream.next()).startsWith("id: " + now.version() + "\nevent: snapshot\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lastEventId", "Last-Event-ID", "last-event-id"})
    void the_last_event_id_may_be_in_the_query(String name) {
        RateBook known = converter.publish(TestBooks.example());
        RateBook missed = converter.publish(TestBooks.example().ecb("USD", "1.2"));

        try (EventStream stream = EventStream.open(converter, "?pairs=EUR/USD&" + name + "=" + known.version())) {
            assertThat(stream.nextEvent()).isEqualTo("retry: 2000");
            assertThat(stream.nextEvent()).startsWith("id: " + missed.version() + "\nevent: rates\n");
        }
    }

    @Test
    void the_header_field_outranks_the_query() {
        RateBook first = converter.publish(TestBooks.example());
        converter.publish(TestBooks.example().ecb("USD", "1.2"));
        RateBook second = converter.publish(TestBooks.example().ecb("USD", "1.3"));
        RateBook third = converter.publish(TestBooks.example().ecb("USD", "1.4"));

        try (EventStream stream = EventStream.open(
                converter,
                "?pairs=EUR/USD&lastEventId=" + first.version() + "&Last-Event-ID=" + first.version(),
                "Last-Event-ID",
                "" + second.version())) {
            assertThat(stream.nextEvent()).isEqualTo("retry: 2000");
            assertThat(stream.nextEvent()).startsWith("id: " + third.version() + "\nevent: rates\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "99999999999999999", "9999999999999999999999", "-5", "abc", "%C3%A9", "1783346400001%20"})
    void an_id_in_the_query_outside_the_replay_window_gets_resync_and_snapshot(String lastEventId) {
        RateBook now = converter.publish(TestBooks.example());

        try (EventStream stream = EventStream.open(converter, "?lastEventId=" + lastEventId)) {
            assertThat(stream.next()).isEqualTo("retry: 2000");
            assertThat(stream.next()).isEqualTo("event: resync\ndata: {\"version\":" + now.version() + "}");
            assertThat(stream.next()).startsWith("id: " + now.version() + "\nevent: snapshot\n");
        }
    }

    @Test
    void an_empty_last_event_id_is_none() {
        RateBook now = converter.publish(TestBooks.example());

        try (EventStream stream = EventStream.open(converter, "?lastEventId=&Last-Event-ID=")) {
            assertThat(stream.next()).isEqualTo("retry: 2000");
            assertThat(stream.next()).startsWith("id: " + now.version() + "\nevent: snapshot\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?lasteventid=1", "?LastEventId=1", "?lastEventId=1&lastEventId=2"})
    void another_name_or_a_repeated_one_is_rejected(String query) {
        converter.publish(TestBooks.example());

        assertThat(converter.get("/api/v1/stream" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void a_version_that_has_left_the_replay_window_gets_resync_and_snapshot() {
        RateBook known = converter.publish(TestBooks.example());
        for (int i = 1; i <= 4; i++) {
            converter.publish(TestBooks.example().ecb("USD", "1." + i));
        }

        try (EventStream stream =
                EventStream.open(converter, "?pairs=EUR/USD", "Last-Event-ID", "" + known.version())) {
            stream.next();
            assertThat(stream.next()).startsWith("event: resync");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EURUSD",
                "EUR-USD",
                "EUR/",
                "EUR/XYZ",
                "EUR/RUB",
                "EUR/EUR",
                "EUR/USD,",
                "EUR/USD,EUR/JPY,EUR/GBP,USD/GBP",
                "EUR/USD;EUR/JPY"
            })
    void unknown_invalid_or_too_many_pairs_are_rejected(String pairs) {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get("/api/v1/stream?pairs=" + pairs);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("bad-parameter");
        assertThat(new JsonObject(response.body()).getString("detail")).startsWith("pairs: ");
    }

    @Test
    void an_unknown_parameter_is_rejected() {
        converter.publish(TestBooks.example());

        assertThat(converter.get("/api/v1/stream?pair=EUR/USD").statusCode()).isEqualTo(400);
    }

    @Test
    void readers_over_the_limit_get_503() {
        converter.publish(TestBooks.example());

        try (EventStream one = EventStream.open(converter, "");
                EventStream two = EventStream.open(converter, "")) {
            one.next();
            two.next();
            HttpResponse<String> third = converter.get("/api/v1/stream");
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("retry-after")).isPresent();
            assertThat(new JsonObject(third.body()).getString("code")).isEqualTo("too-many-streams");
        }
    }

    @Test
    void head_gets_the_header_fields_only() {
        converter.publish(TestBooks.example());

        HttpResponse<String> head = converter.request("HEAD", "/api/v1/stream?pairs=EUR/USD");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void a_reader_that_does_not_keep_up_gets_the_newest_rates_once_it_reads_again() {
        converter.publish(everyCurrency("1"));

        try (RawConnection slow = RawConnection.narrow(converter.port())) {
            slow.send("GET /api/v1/stream HTTP/1.1\nHost: test\n\n");
            // 33 kB each: more than the kernel's buffers of both sides hold.
            int published = 400;
            for (int i = 0; i < published; i++) {
                converter.publish(everyCurrency("1." + i + "1"));
            }
            RateBook newest = converter.publish(everyCurrency("3.25"));
            String text = slow.readUntil("data: {\"version\":" + newest.version());

            long events = text.lines().filter("event: rates"::equals).count();
            assertThat(events).isLessThan(published);
            assertThat(text.lines().filter(line -> line.startsWith("id: ")).map(line -> line.substring(4)))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(slow.readUntil("}}\n")).contains("\"EUR/USD\":{\"rate\":\"3.25\"");
        }
    }

    private static TestBooks everyCurrency(String rate) {
        TestBooks books = TestBooks.book();
        for (Currency currency : Currencies.all()) {
            if (!currency.code().equals("EUR")) {
                books.ecb(currency.code(), rate);
            }
        }
        return books;
    }

    private static JsonObject rates(String event) {
        return new JsonObject(event.substring(event.indexOf("data: ") + 6)).getJsonObject("rates");
    }
}
