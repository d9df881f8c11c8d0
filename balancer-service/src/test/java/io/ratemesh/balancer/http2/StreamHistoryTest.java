package io.ratemesh.balancer.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamHistoryTest {

    private final StreamHistory history = new StreamHistory();

    @Test
    void a_stream_that_the_client_ended_is_remembered_for_a_while() {
        history.opened(1);
        assertThat(history.hasEnded(1)).isFalse();
        history.ended(1);
        history.opened(3);

        assertThat(history.hasEnded(1)).isTrue();
        assertThat(history.hasEnded(3)).isFalse();
        history.opened(1 + 2 * 64);
        assertThat(history.hasEnded(1)).isFalse();
    }

    @Test
    void a_stream_that_was_skipped_is_distinguished_from_one_that_was_opened() {
        history.opened(5);
        history.opened(9);

        assertThat(history.isSkipped(1)).isTrue();
        assertThat(history.isSkipped(5)).isFalse();
        assertThat(history.isSkipped(7)).isTrue();
        assertThat(history.isSkipped(9)).isFalse();
        assertThat(history.isSkipped(11)).as("may still be opened").isFalse();
    }

    @Test
    void what_is_long_ago_has_no_consequence() {
        history.opened(1);
        history.ended(1);
        history.opened(Integer.MAX_VALUE);

        assertThat(history.hasEnded(1)).isFalse();
        assertThat(history.isSkipped(3)).isFalse();
        assertThat(history.isSkipped(Integer.MAX_VALUE - 2)).isTrue();
    }
}
