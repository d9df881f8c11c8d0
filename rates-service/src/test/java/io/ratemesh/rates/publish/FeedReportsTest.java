package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.book.FeedStatusReport;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedReportsTest {

    private static final Instant T = Instant.parse("2026-07-06T14:00:00Z");

    @Test
    void a_message_is_decoded_without_loss() {
        FeedReports reports = new FeedReports(
                "rates-1",
                List.of(
                        new FeedStatusReport(
                                "ecb", Optional.of(T), Optional.of(T), Optional.of(T), Optional.empty(), 29),
                        new FeedStatusReport(
                                "coinbase",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("status 500"),
                                0)));

        assertThat(FeedReports.fromJson(new JsonObject(reports.toJson().encode())))
                .contains(reports);
    }

    @Test
    void fields_of_a_later_release_are_ignored() {
        JsonObject later =
                new JsonObject("{\"leader\":\"rates-1\",\"mood\":1,\"feeds\":[{\"name\":\"ecb\",\"x\":[]}]}");

        assertThat(FeedReports.fromJson(later))
                .hasValueSatisfying(reports -> assertThat(reports.feeds())
                        .extracting(FeedStatusReport::name)
                        .containsExactly("ecb"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"feeds\":1}",
                "{\"feeds\":[{\"name\":\"ecb\",\"currencies\":\"many\"}]}",
                "{\"feeds\":[{\"name\":\"ecb\",\"nextTry\":\"soon\"}]}"
            })
    void a_message_in_another_format_is_ignored(String json) {
        assertThat(FeedReports.fromJson(new JsonObject(json))).isEmpty();
    }
}
