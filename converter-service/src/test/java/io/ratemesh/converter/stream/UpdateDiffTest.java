package io.ratemesh.converter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.model.RateBook;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UpdateDiffTest {

    private static final long NOW = 1_783_346_400_000L;
    private static final RateBook BEFORE = TestBooks.example().version(NOW);

    @Test
    void a_new_version_of_the_same_rates_changes_nothing() {
        assertThat(UpdateDiff.between(BEFORE, TestBooks.example().version(NOW + 5), PairFilter.ALL))
                .isEmpty();
    }

    @Test
    void only_pairs_with_a_changed_leg_change() {
        RateBook after = TestBooks.example().ecb("JPY", "186").version(NOW + 1);
        PairFilter filter =
                PairFilter.parse("EUR/USD,EUR/JPY,USD/JPY,USD/GBP", BEFORE, 9).orElseThrow();

        assertThat(UpdateDiff.between(BEFORE, after, filter).keySet()).containsExactly("EUR/JPY", "USD/JPY");
    }

    @Test
    void a_legal_rate_changes_only_with_the_market_rate_beside_it() {
        RateBook after = TestBooks.example().ecb("USD", "1.2").version(NOW + 1);
        PairFilter filter =
                PairFilter.parse("DEM/USD,DEM/JPY,EUR/DEM", BEFORE, 9).orElseThrow();

        assertThat(UpdateDiff.everything(BEFORE, filter, Instant.MIN).keySet())
                .containsExactly("DEM/JPY", "DEM/USD", "EUR/DEM");
        assertThat(UpdateDiff.between(BEFORE, after, filter))
                .containsOnlyKeys("DEM/USD")
                .hasEntrySatisfying(
                        "DEM/USD",
                        state -> assertThat(state.orElseThrow().source()).isEqualTo("eu-1103/97+ecb"));
    }

    @Test
    void another_source_or_time_of_the_same_rate_is_a_change() {
        RateBook source = TestBooks.example()
                .from("coinbase", "USD", "1.1415", TestBooks.OBSERVED)
                .version(NOW + 1);
        RateBook time = TestBooks.example()
                .from("ecb", "USD", "1.1415", TestBooks.OBSERVED.plusSeconds(1))
                .version(NOW + 1);

        assertThat(UpdateDiff.between(BEFORE, source, PairFilter.ALL).keySet()).containsExactly("EUR/USD");
        assertThat(UpdateDiff.between(BEFORE, time, PairFilter.ALL).keySet()).containsExactly("EUR/USD");
    }

    @Test
    void a_rate_that_turned_stale_between_the_versions_is_a_change_on_every_node_at_the_same_version() {
        Instant staleAt = Instant.ofEpochMilli(NOW + 10);
        RateBook fresh = TestBooks.example().staleAt(staleAt, "CHF", "0.93").version(NOW);
        RateBook still = TestBooks.example().staleAt(staleAt, "CHF", "0.93").version(NOW + 9);
        RateBook stale = TestBooks.example().staleAt(staleAt, "CHF", "0.93").version(NOW + 10);

        assertThat(UpdateDiff.between(fresh, still, PairFilter.ALL)).isEmpty();
        assertThat(UpdateDiff.between(still, stale, PairFilter.ALL))
                .hasEntrySatisfying(
                        "EUR/CHF",
                        state -> assertThat(state.orElseThrow().stale()).isTrue());
    }

    @Test
    void added_and_removed_rates_are_changes() {
        RateBook more = TestBooks.example().ecb("CHF", "0.93").version(NOW + 1);

        assertThat(UpdateDiff.between(BEFORE, more, PairFilter.ALL).get("EUR/CHF"))
                .isPresent();
        assertThat(UpdateDiff.between(more, BEFORE, PairFilter.ALL)).containsOnlyKeys("EUR/CHF");
        assertThat(UpdateDiff.between(more, BEFORE, PairFilter.ALL).get("EUR/CHF"))
                .isEmpty();
    }

    @Test
    void a_snapshot_is_judged_by_the_later_of_the_clock_and_the_version() {
        RateBook book = TestBooks.book()
                .staleAt(Instant.ofEpochMilli(NOW + 10), "CHF", "0.93")
                .version(NOW + 20);

        assertThat(UpdateDiff.everything(book, PairFilter.ALL, Instant.ofEpochMilli(NOW)))
                .hasEntrySatisfying(
                        "EUR/CHF",
                        state -> assertThat(state.orElseThrow().stale()).isTrue());
    }

    @Test
    void a_snapshot_holds_until_the_next_rate_turns_stale() {
        RateBook book = TestBooks.example()
                .staleAt(Instant.ofEpochMilli(NOW + 10), "CHF", "0.93")
                .staleAt(Instant.ofEpochMilli(NOW - 10), "SEK", "11")
                .version(NOW);

        assertThat(UpdateDiff.freshUntil(book, Instant.ofEpochMilli(NOW))).isEqualTo(Instant.ofEpochMilli(NOW + 10));
    }
}
