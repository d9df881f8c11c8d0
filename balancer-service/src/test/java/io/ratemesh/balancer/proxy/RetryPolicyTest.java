package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.proxy.RetryPolicy.Decision;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private final RetryPolicy get = RetryPolicy.of(HttpMethod.GET, false);
    private final RetryPolicy post = RetryPolicy.of(HttpMethod.POST, false);

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void idempotent_methods_without_a_body_are_repeated_once(String method) {
        RetryPolicy policy = RetryPolicy.of(HttpMethod.valueOf(method), false);

        assertThat(policy.mayRepeat(false)).isTrue();
        assertThat(policy.mayRepeat(true)).isFalse();
        assertThat(RetryPolicy.of(HttpMethod.valueOf(method), true).mayRepeat(false))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "FOO"})
    void other_methods_are_not_repeated(String method) {
        assertThat(RetryPolicy.of(HttpMethod.valueOf(method), false).mayRepeat(false))
                .isFalse();
    }

    @Test
    void any_request_goes_elsewhere_after_a_refused_connect_but_not_for_ever() {
        assertThat(post.afterFailedConnect(1)).isEqualTo(Decision.REPEAT_ELSEWHERE);
        assertThat(post.afterFailedConnect(4)).isEqualTo(Decision.REPEAT_ELSEWHERE);
        assertThat(post.afterFailedConnect(5)).isEqualTo(Decision.FAIL);
    }

    @Test
    void end_of_a_kept_connection_needs_a_fresh_one_and_no_budget() {
        assertThat(get.afterKeptConnectionEnded(false)).isEqualTo(Decision.REPEAT_ON_FRESH_CONNECTION);
        assertThat(get.afterKeptConnectionEnded(true)).isEqualTo(Decision.FAIL);
        assertThat(post.afterKeptConnectionEnded(false)).isEqualTo(Decision.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        // repeated before, other available, budget left
        "false, true,  true,  REPEAT_ELSEWHERE",
        "false, true,  false, DENIED_BY_BUDGET",
        "false, false, true,  FAIL",
        "false, false, false, FAIL",
        "true,  true,  true,  FAIL",
        "true,  true,  false, FAIL",
    })
    void without_a_response_another_upstream_and_budget_are_needed(
            boolean repeated, boolean other, boolean budget, Decision expected) {
        assertThat(get.afterNoResponse(repeated, other, budget)).isEqualTo(expected);
        assertThat(post.afterNoResponse(repeated, other, budget)).isEqualTo(Decision.FAIL);
    }
}
