package io.ratemesh.rates.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.history.DayValidator.CheckedDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DayValidatorTest {

    private static final LocalDate FRIDAY = LocalDate.parse("2026-07-03");
    private static final LocalDate MONDAY = LocalDate.parse("2026-07-06");
    private static final LocalDate TUESDAY = LocalDate.parse("2026-07-07");
    private static final Map<String, String> RATES =
            Map.of("USD", "1.1415", "JPY", "186.75", "GBP", "0.8642", "CHF", "0.9311");

    private final RateHistory known = RateHistory.of(List.of(day(FRIDAY, RATES)));
    private final List<FeedQuote> quotes = new ArrayList<>();

    @Test
    void new_days_are_accepted() {
        say(FRIDAY, RATES);
        say(MONDAY, but("USD", "1.1500"));

        CheckedDays checked = file();

        assertThat(checked.valid()).containsExactly(day(MONDAY, but("USD", "1.15")));
        assertThat(checked.dates()).containsExactly(FRIDAY, MONDAY);
        assertThat(checked.rejected()).isEmpty();
    }

    @Test
    void a_file_with_another_base_is_rejected() {
        say(FRIDAY, Map.of("USD", "1", "JPY", "163.60", "GBP", "0.7571", "CHF", "0.8157"));
        say(MONDAY, RATES);

        CheckedDays checked = file();

        assertThat(checked.valid()).isEmpty();
        assertThat(checked.rejected()).containsExactly("only 0 of 4 known rates are the same in it: another base?");
    }

    @Test
    void a_file_without_a_known_day_is_rejected() {
        say(MONDAY, RATES);

        assertThat(file().valid()).isEmpty();
        assertThat(file().rejected()).hasSize(1);
    }

    @Test
    void the_newest_day_needs_no_known_day() {
        say(MONDAY, RATES);

        assertThat(DayValidator.checkNewest(RateHistory.EMPTY, response(), TUESDAY)
                        .valid())
                .containsExactly(day(MONDAY, RATES));
    }

    @Test
    void a_small_correction_replaces_a_day_and_a_large_one_does_not() {
        say(FRIDAY, but("USD", "1.1416"));
        assertThat(file().valid()).containsExactly(day(FRIDAY, but("USD", "1.1416")));

        quotes.clear();
        say(FRIDAY, but("USD", "1.2500"));
        assertThat(file().valid()).isEmpty();
        assertThat(file().rejected()).containsExactly("2026-07-03: USD more than 5% from what is known");
    }

    @Test
    void a_correction_without_a_currency_removes_no_rate() {
        say(FRIDAY, Map.of("USD", "1.1415", "JPY", "186.75", "GBP", "0.8643"));

        assertThat(file().valid()).containsExactly(day(FRIDAY, but("GBP", "0.8643")));
    }

    @Test
    void a_day_on_which_most_currencies_jumped_is_rejected_and_the_next_is_compared_with_the_one_before() {
        say(FRIDAY, RATES);
        say(MONDAY, Map.of("USD", "1.5", "JPY", "250", "GBP", "1.2", "CHF", "0.9311"));
        say(TUESDAY, RATES);

        CheckedDays checked = file();

        assertThat(checked.valid()).containsExactly(day(TUESDAY, RATES));
        assertThat(checked.rejected()).containsExactly("2026-07-06: 3 of 4 currencies jumped by more than 20%");
    }

    @Test
    void a_single_currency_that_jumped_too_far_is_left_out_in_either_direction() {
        say(FRIDAY, RATES);
        say(MONDAY, but("USD", "0.7609"));
        say(TUESDAY, but("JPY", "280.2"));

        CheckedDays checked = file();

        assertThat(checked.valid()).containsExactly(day(MONDAY, without("USD")), day(TUESDAY, without("JPY")));
        assertThat(checked.rejected())
                .containsExactly("2026-07-06: USD jumped by more than 50%", "2026-07-07: JPY jumped by more than 50%");
    }

    @Test
    void a_large_change_within_the_limit_is_accepted() {
        say(FRIDAY, RATES);
        say(MONDAY, but("USD", "1.7122"));

        assertThat(file().valid()).containsExactly(day(MONDAY, but("USD", "1.7122")));
    }

    @Test
    void after_two_weeks_without_a_rate_no_change_is_a_jump() {
        LocalDate later = FRIDAY.plusDays(17);
        say(FRIDAY, RATES);
        say(later, but("USD", "4"));

        assertThat(DayValidator.checkFile(known, response(), later).valid())
                .containsExactly(day(later, but("USD", "4")));
    }

    @Test
    void a_day_in_the_future_is_rejected() {
        say(FRIDAY, RATES);
        say(TUESDAY, RATES);

        CheckedDays checked = DayValidator.checkFile(known, response(), MONDAY);

        assertThat(checked.valid()).isEmpty();
        assertThat(checked.dates()).containsExactly(FRIDAY);
        assertThat(checked.rejected()).containsExactly("2026-07-07: a day in the future");
    }

    @Test
    void an_invalid_rate_is_left_out_and_its_day_is_accepted() {
        say(FRIDAY, RATES);
        say(MONDAY, RATES);
        say(MONDAY, Map.of("XYZ", "1"));
        say(MONDAY, Map.of("EUR", "1"));
        say(MONDAY, Map.of("SEK", "0"));
        say(MONDAY, Map.of("NOK", "-11.2"));
        say(MONDAY, Map.of("DKK", "100000000"));
        say(MONDAY, Map.of("PLN", "4.2000000001"));
        say(MONDAY, Map.of("HRK", "7.5345"));

        CheckedDays checked = file();

        assertThat(checked.valid()).containsExactly(day(MONDAY, RATES));
        assertThat(checked.rejected())
                .containsExactly(
                        "2026-07-06: an unknown currency code",
                        "2026-07-06: an unknown currency code",
                        "2026-07-06: SEK at a rate out of range",
                        "2026-07-06: NOK at a rate out of range",
                        "2026-07-06: DKK at a rate out of range",
                        "2026-07-06: PLN at a rate out of range",
                        "2026-07-06: HRK after the euro replaced it");
    }

    @Test
    void a_withdrawn_currency_is_accepted_on_its_days() {
        LocalDate day = LocalDate.parse("1999-01-05");
        RateHistory first = RateHistory.of(List.of(day(day.minusDays(1), RATES)));
        say(day.minusDays(1), RATES);
        say(day, Map.of("TRL", "372274", "CYP", "0.58231"));

        assertThat(DayValidator.checkFile(first, response(), TUESDAY).valid())
                .containsExactly(day(day, Map.of("TRL", "372274", "CYP", "0.58231")));
    }

    @Test
    void known_days_are_not_added_again() {
        say(FRIDAY, but("JPY", "186.750"));

        assertThat(file().valid()).isEmpty();
    }

    private CheckedDays file() {
        return DayValidator.checkFile(known, response(), TUESDAY);
    }

    private FeedResponse response() {
        return new FeedResponse(quotes, 0);
    }

    private void say(LocalDate day, Map<String, String> rates) {
        rates.forEach(
                (code, rate) -> quotes.add(new FeedQuote(code, new BigDecimal(rate), TargetCalendar.publication(day))));
    }

    private static Map<String, String> but(String code, String rate) {
        Map<String, String> rates = new TreeMap<>(RATES);
        rates.put(code, rate);
        return rates;
    }

    private static Map<String, String> without(String code) {
        Map<String, String> rates = new TreeMap<>(RATES);
        rates.remove(code);
        return rates;
    }

    private static HistoryDay day(LocalDate day, Map<String, String> rates) {
        Map<String, BigDecimal> perEuro = new TreeMap<>();
        rates.forEach((code, rate) -> perEuro.put(code, new BigDecimal(rate)));
        return new HistoryDay(day, perEuro);
    }
}
