package io.ratemesh.model.quote;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Legs;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.DatedLegs;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairQuotesTest {

    private static final RateHistory HISTORY = BundledHistory.load();
    private static final Instant OLDER = Instant.parse("2026-07-06T14:00:00Z");
    private static final Instant NEWER = Instant.parse("2026-07-07T09:30:00Z");
    private static final Instant STALE_FIRST = Instant.parse("2026-07-07T16:00:00Z");
    private static final Instant STALE_LATER = Instant.parse("2026-07-08T16:00:00Z");

    /** A feed still has the lev, at a market rate, and the old lira. */
    private final PairQuotes quotes = new PairQuotes(
            new RateBook(
                    5,
                    Map.of(
                            "USD", new Rate(new BigDecimal("1.1415"), "ecb", OLDER, STALE_LATER),
                            "JPY", new Rate(new BigDecimal("185.31"), "coinbase", NEWER, STALE_FIRST),
                            "BGN", new Rate(new BigDecimal("1.9999"), "coinbase", NEWER, STALE_LATER),
                            "TRL", new Rate(new BigDecimal("50000000"), "coinbase", NEWER, STALE_LATER))),
            HISTORY);

    @Test
    void the_current_quote_has_the_older_time_and_the_earlier_expiry() {
        assertThat(quotes.now("USD", "JPY"))
                .isEqualTo(new PairQuote.Priced(
                        new Legs(new BigDecimal("1.1415"), new BigDecimal("185.31")),
                        LocalDate.of(2026, 7, 6),
                        OLDER,
                        STALE_FIRST,
                        List.of("ecb", "coinbase"),
                        false));
    }

    @Test
    void the_lev_has_its_legal_rate_whatever_a_feed_has() {
        PairQuote.Priced lev = priced(quotes.now("BGN", "EUR"));

        assertThat(lev.legs().convert(new BigDecimal("1000000"), 2, RoundingMode.HALF_UP))
                .isEqualTo(new BigDecimal("511291.88"));
        assertThat(lev.sources()).containsExactly("eu-1103/97");
        assertThat(lev.asOf()).isEqualTo(NEWER);
        assertThat(lev.stale(Instant.MAX.minusSeconds(1))).isFalse();
    }

    @Test
    void a_legal_and_a_market_rate_have_the_time_of_the_market() {
        PairQuote.Priced markToDollar = priced(quotes.now("DEM", "USD"));

        assertThat(markToDollar.asOf()).isEqualTo(OLDER);
        assertThat(markToDollar.staleAt()).isEqualTo(STALE_LATER);
        assertThat(markToDollar.sources()).containsExactly("eu-1103/97", "ecb");
    }

    @Test
    void two_legal_rates_need_no_market() {
        assertThat(priced(quotes.now("DEM", "ITL")).sources()).containsExactly("eu-1103/97");
        assertThat(priced(quotes.now("EUR", "EUR")).sources()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RUB, 2022-03-01", "TRL, 2004-12-31", "ROL, 2005-06-30", "CHF, 2026-04-13"})
    void a_currency_without_a_current_rate_has_its_last_day(String code, LocalDate last) {
        assertThat(quotes.now(code, "USD")).isEqualTo(new PairQuote.NoRate(code, Optional.of(last)));
        assertThat(quotes.now("EUR", code)).isEqualTo(new PairQuote.NoRate(code, Optional.of(last)));
    }

    @Test
    void a_currency_that_never_had_a_rate_has_no_last_day() {
        assertThat(quotes.now("ZWL", "USD")).isEqualTo(new PairQuote.NoRate("ZWL", Optional.empty()));
        assertThat(quotes.on("EUR", "XAU", LocalDate.of(2020, 1, 2)))
                .isEqualTo(new PairQuote.NoRate("XAU", Optional.empty()));
    }

    @Test
    void an_invalid_code_is_unknown_with_or_without_a_date() {
        assertThat(quotes.now("USD", "BTC")).isEqualTo(new PairQuote.UnknownCurrency("BTC"));
        assertThat(quotes.on("EURO", "USD", LocalDate.of(2020, 1, 2))).isEqualTo(new PairQuote.UnknownCurrency("EURO"));
    }

    @Test
    void before_the_first_book_there_are_only_past_rates() {
        PairQuotes early = new PairQuotes(RateBook.EMPTY, HISTORY);

        assertThat(early.now("EUR", "USD")).isEqualTo(new PairQuote.NoRatesYet());
        assertThat(early.now("EUR", "USX")).isEqualTo(new PairQuote.UnknownCurrency("USX"));
        assertThat(early.on("EUR", "USD", LocalDate.of(2020, 1, 2))).isInstanceOf(PairQuote.Priced.class);
    }

    @Test
    void a_past_day_has_the_ecbs_rates_and_is_never_stale() {
        assertThat(quotes.on("USD", "JPY", LocalDate.of(2026, 4, 12)))
                .isEqualTo(new PairQuote.Priced(
                        new Legs(new BigDecimal("1.1711"), new BigDecimal("186.43")),
                        LocalDate.of(2026, 4, 10),
                        Instant.parse("2026-04-10T14:00:00Z"),
                        Instant.MAX,
                        List.of("ecb"),
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        // The market rate before the euro, the legal rate from that day on, which is always a holiday.
        "HRK, 2010-05-05, 7.2545, 2010-05-05, ecb",
        "HRK, 2022-12-31, 7.5365, 2022-12-30, ecb",
        "HRK, 2023-01-01, 7.53450, 2023-01-01, eu-1103/97",
        "BGN, 2025-12-31, 1.9558, 2025-12-31, ecb",
        "BGN, 2026-01-01, 1.95583, 2026-01-01, eu-1103/97",
        "ATS, 1999-01-01, 13.7603, 1999-01-01, eu-1103/97",
        "GRD, 2001-01-01, 340.750, 2001-01-01, eu-1103/97",
        "DEM, 2026-04-12, 1.95583, 2026-04-12, eu-1103/97"
    })
    void a_replaced_currency_has_market_rates_before_and_the_legal_rate_after(
            String code, LocalDate requested, BigDecimal perEuro, LocalDate expected, String source) {
        PairQuote.Priced quote = priced(quotes.on(code, "EUR", requested));

        assertThat(quote.legs().from()).isEqualTo(perEuro);
        assertThat(quote.date()).isEqualTo(expected);
        assertThat(quote.sources()).containsExactly(source);
        assertThat(quote.stale(Instant.MAX.minusSeconds(1))).isFalse();
    }

    @Test
    void a_legal_and_a_market_rate_have_the_day_of_the_market() {
        PairQuote.Priced quote = priced(quotes.on("HRK", "USD", LocalDate.of(2023, 1, 1)));

        assertThat(quote.date()).isEqualTo(LocalDate.of(2022, 12, 30));
        assertThat(quote.legs())
                .isEqualTo(new Legs(
                        new BigDecimal("7.53450"),
                        HISTORY.perEuro("USD", LocalDate.of(2022, 12, 30)).orElseThrow()));
        assertThat(quote.sources()).containsExactly("eu-1103/97", "ecb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ATS", "DEM", "EUR"})
    void before_the_euro_there_is_no_rate(String code) {
        assertThat(quotes.on(code, "EUR", LocalDate.of(1998, 12, 31)))
                .isEqualTo(new PairQuote.NoRate(code, Optional.empty()));
    }

    @Test
    void the_drachma_has_no_rate_before_its_first_day() {
        assertThat(quotes.on("EUR", "GRD", LocalDate.of(2000, 12, 31)))
                .isEqualTo(new PairQuote.NoRate("GRD", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "RUB, 2022-03-16, 2022-03-01",
        "ISK, 2013-05-05, 2008-12-09",
        "TRL, 2005-02-01, 2004-12-31",
        "USD, 2026-04-28, 2026-04-13"
    })
    void a_gap_longer_than_fourteen_days_has_no_rate_but_the_last_day_before(
            String code, LocalDate requested, LocalDate last) {
        assertThat(quotes.on(code, "EUR", requested)).isEqualTo(new PairQuote.NoRate(code, Optional.of(last)));
        assertThat(quotes.on("DEM", code, requested)).isEqualTo(new PairQuote.NoRate(code, Optional.of(last)));
    }

    @Test
    void the_currency_without_a_rate_is_named() {
        LocalDate later = LocalDate.of(2022, 6, 1);

        assertThat(quotes.on("USD", "RUB", later))
                .isEqualTo(new PairQuote.NoRate("RUB", Optional.of(LocalDate.of(2022, 3, 1))));
        assertThat(quotes.on("RUB", "USD", later))
                .isEqualTo(new PairQuote.NoRate("RUB", Optional.of(LocalDate.of(2022, 3, 1))));
    }

    @Test
    void a_series_continues_with_the_legal_rate() {
        List<DatedLegs> days = quotes.series("HRK", "EUR", LocalDate.of(2022, 12, 29), LocalDate.of(2023, 1, 3))
                .toList();

        assertThat(days)
                .extracting(DatedLegs::day)
                .containsExactly(
                        LocalDate.of(2022, 12, 29),
                        LocalDate.of(2022, 12, 30),
                        LocalDate.of(2023, 1, 2),
                        LocalDate.of(2023, 1, 3));
        assertThat(days).extracting(day -> day.legs().from().toPlainString()).endsWith("7.5365", "7.53450", "7.53450");
    }

    @Test
    void a_simulated_rate_is_marked() {
        Rate walk = new Rate(new BigDecimal("1.1"), Rate.SIMULATED, OLDER, STALE_FIRST);
        PairQuotes demo = new PairQuotes(new RateBook(1, Map.of("USD", walk)), HISTORY);

        assertThat(priced(demo.now("EUR", "USD")).simulated()).isTrue();
        assertThat(priced(demo.now("USD", "DEM")).simulated()).isTrue();
        assertThat(priced(demo.now("EUR", "DEM")).simulated()).isFalse();
    }

    private static PairQuote.Priced priced(PairQuote quote) {
        assertThat(quote).isInstanceOf(PairQuote.Priced.class);
        return (PairQuote.Priced) quote;
    }
}
