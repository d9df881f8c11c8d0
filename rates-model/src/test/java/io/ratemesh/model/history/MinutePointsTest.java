package io.ratemesh.model.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Legs;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinutePointsTest {

    private static final long HOUR = HourOfMinutesTest.HOUR;
    private static final Instant BEGIN = Instant.parse("2026-07-06T14:00:00Z");

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @Test
    void a_series_has_the_minutes_of_its_range_in_which_both_have_a_rate() {
        MinutePoints points = MinutePoints.EMPTY
                .plus(hour(HOUR + 1, 0, "1.3").with(1, HourOfMinutesTest.rates("JPY", "180"), false))
                .plus(hour(HOUR, 10, "1.1"))
                .plus(hour(HOUR, 50, "1.2"));

        assertThat(points.series("EUR", "USD", BEGIN.plusSeconds(600), BEGIN.plusSeconds(3600)))
                .containsExactly(
                        legs(BEGIN.plusSeconds(600), "1.1"),
                        legs(BEGIN.plusSeconds(3000), "1.2"),
                        legs(BEGIN.plusSeconds(3600), "1.3"));
        assertThat(points.series("EUR", "USD", BEGIN.plusSeconds(601), BEGIN.plusSeconds(3599)))
                .containsExactly(legs(BEGIN.plusSeconds(3000), "1.2"));
        assertThat(points.series("USD", "JPY", BEGIN, BEGIN.plusSeconds(7200))).isEmpty();
        assertThat(points.series("EUR", "USD", BEGIN.plusSeconds(3600), BEGIN)).isEmpty();
        assertThat(points.series("EUR", "XXX", Instant.MIN, Instant.MAX)).isEmpty();
    }

    @Test
    void an_existing_minute_stays() {
        MinutePoints points = MinutePoints.EMPTY.plus(hour(HOUR, 10, "1.1"));

        assertThat(points.plus(hour(HOUR, 10, "1.2"))).isSameAs(points);
        assertThat(points.plus(HourOfMinutes.empty(HOUR + 1))).isSameAs(points);
        assertThat(points.points()).isEqualTo(1);
    }

    @Test
    void two_days_and_the_current_hour_are_kept() {
        MinutePoints points = MinutePoints.EMPTY;
        for (int hour = 0; hour < 100; hour++) {
            points = points.plus(hour(HOUR + hour, 10, "1.1"));
        }

        assertThat(points.hours().map(HourOfMinutes::epochHour)).hasSize(49).startsWith(HOUR + 51);
        assertThat(points.hour(HOUR + 50)).isEmpty();
        assertThat(points.hour(HOUR + 99)).contains(hour(HOUR + 99, 10, "1.1"));
        // An hour older than all others is not added.
        assertThat(points.plus(hour(HOUR, 10, "1.1")).hour(HOUR)).isEmpty();
    }

    @Test
    void older_hours_are_removed() {
        MinutePoints points = MinutePoints.EMPTY.plus(hour(HOUR, 10, "1.1")).plus(hour(HOUR + 2, 10, "1.2"));

        assertThat(points.since(HOUR + 1).hours().map(HourOfMinutes::epochHour)).containsExactly(HOUR + 2);
        assertThat(points.since(HOUR)).isSameAs(points);
    }

    @Test
    void only_a_range_with_a_simulated_point_is_simulated() {
        MinutePoints points = MinutePoints.EMPTY
                .plus(hour(HOUR, 10, "1.1"))
                .plus(HourOfMinutes.empty(HOUR).with(20, HourOfMinutesTest.rates("USD", "1.2"), true));

        assertThat(points.simulated(BEGIN, BEGIN.plusSeconds(1199))).isFalse();
        assertThat(points.simulated(BEGIN.plusSeconds(1200), BEGIN.plusSeconds(1200)))
                .isTrue();
        assertThat(points.simulated(BEGIN.plusSeconds(1260), Instant.MAX)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_series_equals_a_lookup_of_every_minute(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MinutePoints points = MinutePoints.EMPTY;
        for (int hours = random.nextInt(5); hours >= 0; hours--) {
            points = points.plus(HourOfMinutesTest.any(HOUR + random.nextInt(6), random));
        }
        Instant first = BEGIN.plusSeconds(random.nextInt(20_000) - 2_000);
        Instant last = first.plusSeconds(random.nextInt(20_000));
        List<MinuteLegs> expected = new ArrayList<>();
        Instant minute = BEGIN.minusSeconds(3600);
        for (; minute.isBefore(BEGIN.plusSeconds(50_000)); minute = minute.plusSeconds(60)) {
            int index = (int) (minute.getEpochSecond() / 60 % 60);
            HourOfMinutes hour = points.hour(HourOfMinutes.epochHour(minute)).orElse(HourOfMinutes.empty(0));
            if (!minute.isBefore(first)
                    && !minute.isAfter(last)
                    && hour.perEuro("AAA", index).isPresent()
                    && hour.perEuro("BBB", index).isPresent()) {
                Legs legs = new Legs(
                        hour.perEuro("AAA", index).orElseThrow(),
                        hour.perEuro("BBB", index).orElseThrow());
                expected.add(new MinuteLegs(minute, legs, hour.simulated(index)));
            }
        }

        assertThat(points.series("AAA", "BBB", first, last)).containsExactlyElementsOf(expected);
    }

    private static HourOfMinutes hour(long epochHour, int minute, String dollars) {
        return HourOfMinutes.empty(epochHour).with(minute, HourOfMinutesTest.rates("USD", dollars), false);
    }

    private static MinuteLegs legs(Instant minute, String dollars) {
        return new MinuteLegs(minute, new Legs(BigDecimal.ONE, new BigDecimal(dollars)), false);
    }
}
