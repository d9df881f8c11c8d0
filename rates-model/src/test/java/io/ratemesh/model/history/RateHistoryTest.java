package io.ratemesh.model.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.model.Legs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateHistoryTest {

    private static final RateHistory ECB = BundledHistory.load();

    @ParameterizedTest
    @CsvSource({
        "2026-04-13, 2026-04-13",
        // A weekend.
        "2026-04-12, 2026-04-10",
        "2026-04-11, 2026-04-10",
        // Christmas: Thursday and Friday without rates, then a weekend.
        "2025-12-28, 2025-12-24",
        "2025-12-29, 2025-12-29",
        // New Year.
        "2026-01-01, 2025-12-31",
        // Good Friday to Easter Monday.
        "2026-04-03, 2026-04-02",
        "2026-04-06, 2026-04-02",
        "2026-04-07, 2026-04-07",
        // 31 December 2001 to 1 January 2002: the ECB set no rates on the eve of the banknotes.
        "2002-01-01, 2001-12-28",
        "1999-01-04, 1999-01-04"
    })
    void a_day_without_rates_has_those_of_the_last_day_with_rates(LocalDate requested, LocalDate expected) {
        assertThat(ECB.on("USD", "JPY", requested)).map(DatedLegs::day).contains(expected);
        assertThat(ECB.on("EUR", "EUR", requested)).map(DatedLegs::day).contains(expected);
        assertThat(ECB.dayOnOrBefore(requested)).contains(expected);
    }

    @Test
    void rates_are_found_fourteen_days_back_but_not_fifteen() {
        LocalDate last = LocalDate.of(2022, 3, 1);

        assertThat(ECB.on("EUR", "RUB", last.plusDays(14))).map(DatedLegs::day).contains(last);
        assertThat(ECB.on("EUR", "RUB", last.plusDays(15))).isEmpty();
        assertThat(ECB.on("RUB", "EUR", last.plusDays(15))).isEmpty();
    }

    @Test
    void both_legs_are_of_the_same_day() {
        LocalDate day = LocalDate.of(2026, 4, 8);
        RateHistory history =
                RateHistory.of(List.of(day(day, "USD", "1.1", "JPY", "180"), day(day.plusDays(1), "USD", "1.2")));

        assertThat(history.on("USD", "JPY", day.plusDays(1)))
                .contains(new DatedLegs(day, new Legs(new BigDecimal("1.1"), new BigDecimal("180"))));
        assertThat(history.on("USD", "EUR", day.plusDays(1)))
                .map(DatedLegs::day)
                .contains(day.plusDays(1));
    }

    @Test
    void the_krona_of_iceland_had_no_rates_from_december2008_to_january2018() {
        assertThat(ECB.perEuro("ISK", LocalDate.of(2008, 12, 9))).contains(new BigDecimal("290"));
        assertThat(ECB.perEuro("ISK", LocalDate.of(2008, 12, 10))).isEmpty();
        assertThat(ECB.on("ISK", "EUR", LocalDate.of(2008, 12, 23))).isPresent();
        assertThat(ECB.on("ISK", "EUR", LocalDate.of(2008, 12, 24))).isEmpty();
        assertThat(ECB.on("ISK", "EUR", LocalDate.of(2018, 1, 31))).isEmpty();
        assertThat(ECB.on("ISK", "EUR", LocalDate.of(2018, 2, 1)))
                .map(DatedLegs::day)
                .contains(LocalDate.of(2018, 2, 1));
        assertThat(ECB.lastDay("ISK", "EUR", LocalDate.of(2013, 5, 5))).contains(LocalDate.of(2008, 12, 9));
        assertThat(ECB.series("EUR", "ISK", LocalDate.of(2008, 12, 8), LocalDate.of(2018, 2, 2))
                        .map(DatedLegs::day))
                .containsExactly(
                        LocalDate.of(2008, 12, 8),
                        LocalDate.of(2008, 12, 9),
                        LocalDate.of(2018, 2, 1),
                        LocalDate.of(2018, 2, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-01-03", "1998-12-31", "0000-01-01", "-999999999-01-15"})
    void before_the_first_day_there_is_no_rate(LocalDate before) {
        assertThat(ECB.on("USD", "EUR", before)).isEmpty();
        assertThat(ECB.on("EUR", "EUR", before)).isEmpty();
        assertThat(ECB.perEuro("USD", before)).isEmpty();
        assertThat(ECB.day(before)).isEmpty();
        assertThat(ECB.dayOnOrBefore(before)).isEmpty();
        assertThat(ECB.lastDay("USD", "EUR", before)).isEmpty();
    }

    @Test
    void in_the_far_future_there_is_no_rate() {
        assertThat(ECB.on("USD", "EUR", LocalDate.of(2026, 4, 27))).isPresent();
        assertThat(ECB.on("USD", "EUR", LocalDate.of(2026, 4, 28))).isEmpty();
        assertThat(ECB.on("USD", "EUR", LocalDate.MAX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 1999-01-04, 2026-04-13", "RUB, 2005-04-01, 2022-03-01", "BGN, 2000-07-19, 2025-12-31",
        "HRK, 2005-04-01, 2022-12-30", "EUR, 1999-01-04, 2026-04-13", "TRL, 1999-01-04, 2004-12-31"
    })
    void a_currency_has_a_first_and_a_last_day(String code, LocalDate first, LocalDate last) {
        assertThat(ECB.firstDay(code)).contains(first);
        assertThat(ECB.lastDay(code)).contains(last);
    }

    @Test
    void a_currency_the_ecb_never_had_has_none() {
        assertThat(ECB.perEuro("ATS", LocalDate.of(1999, 1, 4))).isEmpty();
        assertThat(ECB.on("ATS", "EUR", LocalDate.of(1999, 1, 4))).isEmpty();
        assertThat(ECB.firstDay("ATS")).isEmpty();
        assertThat(ECB.lastDay("ATS")).isEmpty();
        assertThat(ECB.series("ATS", "EUR", LocalDate.MIN, LocalDate.MAX)).isEmpty();
    }

    @Test
    void a_series_has_every_day_of_its_range_oldest_first() {
        assertThat(ECB.series("EUR", "USD", LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 11)))
                .extracting(DatedLegs::day)
                .containsExactly(
                        LocalDate.of(2026, 4, 7),
                        LocalDate.of(2026, 4, 8),
                        LocalDate.of(2026, 4, 9),
                        LocalDate.of(2026, 4, 10));
        assertThat(ECB.series("EUR", "USD", LocalDate.MIN, LocalDate.MAX)).hasSize(6983);
        assertThat(ECB.series("EUR", "USD", LocalDate.of(2026, 4, 11), LocalDate.of(2026, 4, 3)))
                .isEmpty();
    }

    @Test
    void a_series_and_a_single_date_agree() {
        ECB.series("GBP", "INR", LocalDate.of(2008, 1, 1), LocalDate.of(2010, 1, 1))
                .forEach(of -> assertThat(ECB.on("GBP", "INR", of.day())).contains(of));
    }

    @Test
    void the_next_day_is_added_once() {
        HistoryDay next = day(LocalDate.of(2026, 4, 14), "USD", "1.1700", "CHF", "0.9200");

        RateHistory once = ECB.plus(List.of(next));

        assertThat(once.days()).isEqualTo(ECB.days() + 1);
        assertThat(once.on("USD", "CHF", next.day())).map(DatedLegs::day).contains(next.day());
        assertThat(once.plus(List.of(next))).isSameAs(once);
        assertThat(once.after(LocalDate.of(2026, 4, 13))).containsExactly(next);
        assertThat(ECB.lastDay()).contains(LocalDate.of(2026, 4, 13));
    }

    @Test
    void an_existing_day_is_not_changed_by_adding_it_again() {
        HistoryDay wrong = day(LocalDate.of(2026, 4, 13), "USD", "9.99");

        assertThat(ECB.plus(List.of(wrong))).isSameAs(ECB);
    }

    @Test
    void a_day_is_changed_only_by_a_correction_which_replaces_all_its_rates() {
        LocalDate day = LocalDate.of(2026, 4, 10);
        HistoryDay right = day(day, "USD", "1.1712", "XAU", "0.0002");

        RateHistory corrected = ECB.corrected(right);

        assertThat(corrected.day(day)).contains(right);
        assertThat(corrected.perEuro("JPY", day)).isEmpty();
        assertThat(corrected.days()).isEqualTo(ECB.days());
        assertThat(corrected.perEuro("USD", day.minusDays(1))).isEqualTo(ECB.perEuro("USD", day.minusDays(1)));
        assertThat(corrected.corrected(right)).isSameAs(corrected);
        assertThat(corrected.corrected(ECB.day(day).orElseThrow())).isEqualTo(ECB);
    }

    @Test
    void a_day_of_the_overlay_replaces_the_existing_one() {
        HistoryDay corrected = day(LocalDate.of(2026, 4, 10), "USD", "1.1712", "XAU", "0.0002");
        HistoryDay next = day(LocalDate.of(2026, 4, 14), "USD", "1.1700");
        RateHistory newer = RateHistory.of(List.of(corrected, next));

        RateHistory overlaid = ECB.overlaid(newer);

        assertThat(overlaid).isEqualTo(ECB.corrected(corrected).plus(List.of(next)));
        assertThat(overlaid.overlaid(newer)).isSameAs(overlaid);
        assertThat(ECB.overlaid(RateHistory.EMPTY)).isSameAs(ECB);
        assertThat(RateHistory.EMPTY.overlaid(newer)).isSameAs(newer);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void the_order_in_which_days_are_added_makes_no_difference(long seed) {
        List<HistoryDay> days = anyDays(seed);
        RateHistory atOnce = RateHistory.of(days);
        List<HistoryDay> shuffled = new ArrayList<>(days);
        Collections.shuffle(shuffled, new Random(seed));
        RateHistory bit = RateHistory.EMPTY;
        for (HistoryDay day : shuffled) {
            bit = bit.plus(List.of(day)).plus(days.subList(0, 1));
        }

        assertThat(bit).isEqualTo(atOnce).hasSameHashCodeAs(atOnce);
        assertThat(bit.plus(days)).isSameAs(bit);
        assertThat(bit.after(LocalDate.MIN)).containsExactlyElementsOf(days);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void a_lookup_equals_a_backward_scan_of_all_days(long seed) {
        List<HistoryDay> days = anyDays(seed);
        RateHistory history = RateHistory.of(days);
        LocalDate first = days.get(0).day().minusDays(20);
        LocalDate last = days.get(days.size() - 1).day().plusDays(20);
        for (LocalDate date = first; date.isBefore(last); date = date.plusDays(1)) {
            LocalDate requested = date;
            var expected = days.stream()
                    .filter(day -> !day.day().isAfter(requested)
                            && !day.day().isBefore(requested.minusDays(14))
                            && day.perEuro().containsKey("AAA")
                            && day.perEuro().containsKey("BBB"))
                    .reduce((older, newer) -> newer);

            assertThat(history.on("AAA", "BBB", requested).map(DatedLegs::day))
                    .as("seed %s, %s", seed, requested)
                    .isEqualTo(expected.map(HistoryDay::day));
            assertThat(history.on("AAA", "BBB", requested).map(of -> of.legs().from()))
                    .isEqualTo(expected.map(day -> day.perEuro().get("AAA")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1.1", "100000000", "1.0000000001", "1e9"})
    void a_rate_out_of_range_is_rejected(String rate) {
        assertThatThrownBy(() -> day(LocalDate.of(2026, 4, 14), "USD", rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "usd", "US", "USDT", ""})
    void an_invalid_code_is_rejected(String code) {
        assertThatThrownBy(() -> day(LocalDate.of(2026, 4, 14), code, "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"99999999.999999999", "0.000000001", "1912400", "13100", "0.5823", "1", "0.1"})
    void a_rate_is_kept_to_its_last_digit(String rate) {
        LocalDate day = LocalDate.of(2026, 4, 14);

        assertThat(RateHistory.of(List.of(day(day, "USD", rate))).perEuro("USD", day))
                .contains(new BigDecimal(rate));
    }

    @Test
    void trailing_zeros_make_no_difference() {
        LocalDate day = LocalDate.of(2026, 4, 14);

        assertThat(day(day, "USD", "1.1700")).isEqualTo(day(day, "USD", "1.17"));
        assertThat(day(day, "HUF", "360.0").perEuro()).containsEntry("HUF", new BigDecimal("360"));
    }

    @Test
    void an_amount_is_converted_at_the_rates_of_the_day() {
        DatedLegs legs = ECB.on("USD", "JPY", LocalDate.of(2026, 4, 12)).orElseThrow();

        // 100 × 186.43 ÷ 1.1711 = 15919.22...
        assertThat(legs.legs().convert(new BigDecimal("100"), 0, RoundingMode.HALF_EVEN))
                .isEqualTo(new BigDecimal("15919"));
    }

    /** Between 1 and 60 days, gaps of up to 20 days, four currencies with gaps. */
    static List<HistoryDay> anyDays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<HistoryDay> days = new ArrayList<>();
        LocalDate day = LocalDate.ofEpochDay(random.nextInt(-10_000, 30_000));
        int count = random.nextInt(1, 61);
        while (days.size() < count) {
            Map<String, BigDecimal> rates = new TreeMap<>();
            for (String code : List.of("AAA", "BBB", "CCC", "ZZZ")) {
                if (random.nextInt(3) > 0) {
                    rates.put(code, BigDecimal.valueOf(random.nextLong(1, 100_000_000), random.nextInt(0, 10)));
                }
            }
            if (!rates.isEmpty()) {
                days.add(new HistoryDay(day, rates));
            }
            day = day.plusDays(random.nextBoolean() ? 1 : random.nextInt(1, 21));
        }
        return days;
    }

    private static HistoryDay day(LocalDate day, String... codesAndRates) {
        Map<String, BigDecimal> rates = new TreeMap<>();
        for (int i = 0; i < codesAndRates.length; i += 2) {
            rates.put(codesAndRates[i], new BigDecimal(codesAndRates[i + 1]));
        }
        return new HistoryDay(day, rates);
    }
}
