package io.ratemesh.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.RateBook;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EcbBookTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.250Z");

    private final RateBook book = EcbBook.at(NOW);

    @Test
    void the_book_has_different_rates_of_one_day_that_are_not_stale() {
        assertThat(book.version()).isEqualTo(NOW.toEpochMilli());
        assertThat(book.rates()).containsKeys("USD", "JPY", "IDR").doesNotContainKey("EUR");
        assertThat(book.rates().values().stream().map(rate -> rate.perEuro()).distinct())
                .hasSize(book.rates().size());
        assertThat(book.rates().values()).noneMatch(rate -> rate.stale(NOW));
    }

    @Test
    void the_application_gets_the_same_rates_and_the_decimals_of_results() {
        JsonObject json = new JsonObject(EcbBook.json(book));
        JsonObject rates = json.getJsonObject("rates");

        assertThat(json.getLong("version")).isEqualTo(book.version());
        assertThat(rates.fieldNames()).hasSize(book.rates().size() + 1);
        assertThat(rates.getJsonObject("JPY").getInteger("decimals")).isZero();
        assertThat(rates.getJsonObject("USD").getString("perEuro"))
                .isEqualTo(book.rate("USD").orElseThrow().perEuro().toPlainString());
        assertThat(rates.getJsonObject("USD").getString("staleAt")).isEqualTo("2026-12-01T12:00:00+00:00");
        assertThat(rates.getJsonObject("EUR"))
                .isEqualTo(new JsonObject().put("perEuro", "1").put("decimals", 2));
    }
}
