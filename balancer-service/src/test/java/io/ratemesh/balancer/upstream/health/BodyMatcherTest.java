package io.ratemesh.balancer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.balancer.upstream.health.BodyMatcher.TooSlowException;
import io.ratemesh.node.settings.HttpCheckSettings.ExpectedBody;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyMatcherTest {

    @ParameterizedTest
    @CsvSource({
        "ok, false, all is ok here, true",
        "ok, false, all is well, false",
        "o.k, false, oak, false",
        "o.k, true, oak, true",
        "^ok, true, not ok, false",
        "(?m)^ready: (yes|true)$, true, ready: yes, true"
    })
    void text_is_contained_and_a_regular_expression_has_a_match(
            String expected, boolean regex, String body, boolean matches) {
        assertThat(new BodyMatcher(new ExpectedBody(expected, regex)).matches(body, soon()))
                .isEqualTo(matches);
    }

    @Test
    @Timeout(20)
    void an_expression_that_takes_exponential_time_ends_at_the_deadline() {
        BodyMatcher matcher = new BodyMatcher(new ExpectedBody("(.*a){20}$", true));

        assertThatThrownBy(() -> matcher.matches("a".repeat(60) + "b", soon()))
                .isInstanceOf(TooSlowException.class)
                .hasMessage("the regular expression takes too long");
    }

    @Test
    void an_expression_that_needs_too_much_stack_fails_alone() {
        BodyMatcher matcher = new BodyMatcher(new ExpectedBody("(a|b)*c", true));

        assertThatThrownBy(() -> matcher.matches(
                        "ab".repeat(30_000),
                        System.nanoTime() + Duration.ofSeconds(20).toNanos()))
                .isInstanceOf(TooSlowException.class);
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofMillis(300).toNanos();
    }
}
