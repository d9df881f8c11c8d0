package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpenErApiFeedTest {

    private static final String FILE = "open-er-api-usd-excerpt.json";

    private final OpenErApiFeed feed =
            new OpenErApiFeed(URI.create("https://open.er-api.com/v6/latest/EUR"), Duration.ofHours(1));

    @Test
    void the_real_file_is_read_against_its_base() throws Exception {
        FeedResponse response = feed.read(FeedFiles.read(FILE));

        Instant observedAt = Instant.parse("2024-08-19T00:02:31Z");
        assertThat(response.quotes())
                .contains(
                        new FeedQuote("USD", new BigDecimal("1.101881021091104624704833621475220"), observedAt),
                        new FeedQuote("JPY", new BigDecimal("163.1253268454578811489093030712730"), observedAt))
                .hasSize(11);
        assertThat(response.unreadable()).isZero();
        assertThat(response.notice()).isEmpty();
    }

    @Test
    void codes_that_were_withdrawn_are_not_quoted() throws Exception {
        assertThat(feed.read(FeedFiles.read(FILE)).quotes())
                .extracting(FeedQuote::currency)
                .doesNotContain("ZWL", "HRK", "EUR");
    }

    @Test
    void the_providers_next_update_is_passed_on() throws Exception {
        assertThat(feed.read(FeedFiles.read(FILE)).nextUpdate()).contains(Instant.parse("2024-08-20T00:19:41Z"));
    }

    @Test
    void the_announced_end_of_the_service_is_a_notice() throws Exception {
        String ending = text().replace("\"time_eol_unix\": 0", "\"time_eol_unix\": 1798761600");

        assertThat(feed.read(ending.getBytes(UTF_8)).notice()).contains("the provider ends this service on 2027-01-01");
    }

    @Test
    void an_error_is_reported_by_its_type_only() {
        assertThatThrownBy(
                        () -> feed.read("{\"result\":\"error\",\"error-type\":\"unsupported-code\"}".getBytes(UTF_8)))
                .hasMessage("the provider reports error unsupported-code");
        assertThatThrownBy(() -> feed.read("{\"result\":\"error\",\"error-type\":\"<b>No!</b>\"}".getBytes(UTF_8)))
                .hasMessage("the provider reports error of an unknown type");
    }

    @Test
    void an_unknown_result_is_rejected() {
        String odd = text().replace("\"success\"", "\"maybe\"");

        assertThatThrownBy(() -> feed.read(odd.getBytes(UTF_8))).isInstanceOf(UnreadableResponseException.class);
    }

    private static String text() {
        return new String(FeedFiles.read(FILE), UTF_8);
    }
}
