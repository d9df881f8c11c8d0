package io.ratemesh.rates.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:00:00Z");

    @Test
    void seconds_are_parsed() {
        assertThat(RetryAfter.parse("1200", NOW)).contains(Duration.ofMinutes(20));
    }

    @Test
    void a_date_is_parsed() {
        assertThat(RetryAfter.parse("Mon, 06 Jul 2026 14:05:00 GMT", NOW)).contains(Duration.ofMinutes(5));
    }

    @Test
    void a_past_date_is_no_delay() {
        assertThat(RetryAfter.parse("Mon, 06 Jul 2026 13:00:00 GMT", NOW)).contains(Duration.ZERO);
    }

    @Test
    void the_delay_is_limited() {
        assertThat(RetryAfter.parse("999999999", NOW)).contains(RetryAfter.LONGEST);
        assertThat(RetryAfter.parse("Fri, 31 Dec 9999 23:59:59 GMT", NOW)).contains(RetryAfter.LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999999999999", "2026-07-06T14:05:00Z"})
    void any_other_value_is_ignored(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
