package io.ratemesh.rates.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.TargetCalendar;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.EcbFiles;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.FeedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EcbHistoryFileTest {

    @Test
    void only_the_requested_days_of_the_whole_history_are_read() throws Exception {
        LocalDate since = LocalDate.parse("2026-04-10");

        FeedResponse response =
                new EcbHistoryFile(EcbFiles.HISTORY, since).read(file("ecb-eurofxref-hist-2026-04-13.zip"));

        assertThat(response.quotes())
                .hasSize(2 * 29)
                .contains(new FeedQuote(
                        "USD", new BigDecimal("1.1684"), TargetCalendar.publication(LocalDate.parse("2026-04-13"))))
                .allSatisfy(
                        quote -> assertThat(quote.observedAt()).isAfterOrEqualTo(TargetCalendar.publication(since)));
    }

    @Test
    void the_ninety_days_are_read_as_well() throws Exception {
        FeedResponse response = new EcbHistoryFile(EcbFiles.NINETY_DAYS, LocalDate.parse("2025-04-04"))
                .read(file("ecb-eurofxref-hist-90d-2025-04-04.xml"));

        assertThat(response.quotes()).hasSize(30);
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(EcbFeed.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
