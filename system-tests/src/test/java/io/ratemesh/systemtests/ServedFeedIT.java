package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.feed.EcbDay;
import io.ratemesh.systemtests.feed.EcbServer;
import io.ratemesh.systemtests.http.SseEvent;
import io.ratemesh.systemtests.http.SseReader;
import io.ratemesh.systemtests.load.LoadReport;
import io.ratemesh.systemtests.load.SteadyLoad;
import io.ratemesh.systemtests.process.Jvm;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** From a provider's file to a subscriber, and nodes that join on the way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServedFeedIT {

    private static final EcbServer ECB = new EcbServer(EcbDay.published());
    private static final ClusterUnderTest CLUSTER = new ClusterUnderTest("served", Feeds.served(ECB));
    private static EcbDay day = EcbDay.published();

    @BeforeAll
    static void start() {
        CLUSTER.up(1);
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
        ECB.close();
    }

    @Test
    void a_new_file_of_the_ECB_reaches_a_subscriber_and_the_next_conversion() {
        try (SseReader reader = CLUSTER.read("EUR/USD,USD/JPY")) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !reader.events().isEmpty());
            SseEvent snapshot = reader.events().get(0);
            assertThat(snapshot.type()).isEqualTo("snapshot");
            assertThat(snapshot.rate("EUR/USD")).isEqualTo(day.rate("USD"));
            assertThat(snapshot.version()).isEqualTo(snapshot.json().getLong("version"));

            publishNextDayWithDollarAt(raised(day.rate("USD")));

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> reader.events().stream()
                            .anyMatch(event -> event.type().equals("rates")
                                    && event.rate("EUR/USD").equals(day.rate("USD"))));
            SseEvent update = reader.last().orElseThrow();
            assertThat(update.version()).isGreaterThan(snapshot.version());
            assertThat(update.json()
                            .getJsonObject("rates")
                            .getJsonObject("EUR/USD")
                            .getString("source"))
                    .isEqualTo("ecb");

            // The response may come from another converter, which receives the book a moment later.
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                JsonObject response = CLUSTER.api().convert("EUR", "USD", "1");
                assertThat(response.getString("rate")).isEqualTo(day.rate("USD"));
                assertThat(response.getString("date")).isEqualTo(day.date().toString());
                assertThat(response.getLong("version")).isEqualTo(update.version());
            });
        }
    }

    @Test
    void an_unchanged_file_is_requested_conditionally_and_published_once() {
        try (SseReader reader = CLUSTER.read("EUR/USD")) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !reader.events().isEmpty());
            int before = ECB.notModified();
            int eventsBefore = reader.events().size();

            await().atMost(Duration.ofSeconds(15)).until(() -> ECB.notModified() >= before + 2);

            assertThat(reader.events()).hasSize(eventsBefore);
        }
    }

    @Test
    void a_silent_stream_shows_that_it_lives() {
        try (SseReader reader = CLUSTER.read("EUR/USD")) {
            await().atMost(Duration.ofSeconds(10)).until(() -> reader.comments() >= 2);

            assertThat(reader.connections())
                    .singleElement()
                    .satisfies(
                            connection -> assertThat(connection.contentType()).startsWith("text/event-stream"));
        }
    }

    @Test
    void a_second_and_a_third_converter_join_and_get_traffic() {
        try (SteadyLoad load = SteadyLoad.start(CLUSTER.uri(), day.rate("USD"))) {
            load.awaitMore(200);
            Jvm second = CLUSTER.converter();
            Jvm third = CLUSTER.converter();
            CLUSTER.awaitServing(second);
            CLUSTER.awaitServing(third);
            LoadReport report = load.awaitMore(2000).stop();

            assertThat(report.failures()).isEmpty();
            assertThat(report.responsesByNode()).containsKeys(second.id(), third.id());
        }
    }

    private static void publishNextDayWithDollarAt(String rate) {
        day = day.nextDay().with("USD", rate);
        ECB.publish(day);
    }

    private static String raised(String rate) {
        return new BigDecimal(rate).add(new BigDecimal("0.0100")).toPlainString();
    }
}
