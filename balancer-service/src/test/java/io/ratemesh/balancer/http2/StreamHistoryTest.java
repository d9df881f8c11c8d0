package io.ratemesh.balancer.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamHistoryTest {

    private final StreamHistory order = new StreamHistory();

    @Test
    void a_stream_that_a_client_ended_is_known_for_a_while() {
        order.opens(1);
        assertThat(order.hasEnded(1)).isFalse();
        order.ends(1);
        order.opens(3);

        assertThat(order.hasEnded(1)).isTrue();
        assertThat(order.hasEnded(3)).isFalse();
        order.opens(1 + 2 * 64);
        assertThat(order.hasEnded(1)).isFalse();
    }

    @Test
    void a_stream_that_was_left_out_is_told_from_one_that_was_opened() {
        order.opens(5);
        order.opens(9);

        assertThat(order.passedOver(1)).isTrue();
        assertThat(order.passedOver(5)).isFalse();
        assertThat(order.passedOver(7)).isTrue();
        assertThat(order.passedOver(9)).isFalse();
        assertThat(order.passedOver(11)).as("may still come").isFalse();
    }

    @Test
    void what_is_long_ago_is_held_against_nobody() {
        order.opens(1);
        order.ends(1);
        order.opens(Integer.MAX_VALUE);

        assertThat(order.hasEnded(1)).isFalse();
        assertThat(order.passedOver(3)).isFalse();
        assertThat(order.passedOver(Integer.MAX_VALUE - 2)).isTrue();
    }
}
