package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong now = new AtomicLong(-5);

    @Test
    void a_burst_is_let_through_then_the_rate() {
        TokenBuckets buckets = buckets(2, 3, 64);

        assertThat(took(buckets, 1, 10)).isEqualTo(3);
        assertThat(buckets.take(1)).isBetween(SECOND / 2 - 1, SECOND / 2 + 1);

        now.addAndGet(SECOND);
        assertThat(took(buckets, 1, 10)).isEqualTo(2);
    }

    @Test
    void a_pause_however_long_fills_no_more_than_a_bucket() {
        TokenBuckets buckets = buckets(2, 3, 64);
        took(buckets, 1, 10);

        now.addAndGet(1000 * SECOND);

        assertThat(took(buckets, 1, 10)).isEqualTo(3);
    }

    @Test
    void asking_in_vain_costs_nothing() {
        TokenBuckets buckets = buckets(1, 1, 64);
        took(buckets, 1, 1);
        for (int i = 0; i < 10; i++) {
            now.addAndGet(SECOND / 11);
            assertThat(buckets.take(1)).isPositive();
        }
        now.addAndGet(SECOND / 10);

        assertThat(buckets.take(1)).isZero();
    }

    @Test
    void what_one_client_takes_is_not_taken_from_another() {
        TokenBuckets buckets = buckets(1, 1, 64);

        assertThat(buckets.take(1)).isZero();
        assertThat(buckets.take(1)).isPositive();
        assertThat(buckets.take(2)).isZero();
    }

    @Test
    void a_clock_that_another_loop_read_later_takes_nothing_back() {
        TokenBuckets buckets = buckets(1, 1, 64);
        now.set(10 * SECOND);
        assertThat(buckets.take(1)).isZero();

        now.set(9 * SECOND);
        assertThat(buckets.take(1)).isEqualTo(SECOND);

        now.set(11 * SECOND);
        assertThat(buckets.take(1)).isZero();
    }

    @Test
    void there_is_room_for_a_number_of_clients_and_the_silent_are_forgotten_first() {
        TokenBuckets buckets = buckets(1, 1, 64 * 16);
        assertThat(buckets.take(7)).isZero();
        for (int client = 1000; client < 101_000; client++) {
            buckets.take(client);
            // One that goes on asking is never forgotten, and so has no new bucket.
            assertThat(buckets.take(7)).isPositive();
        }

        assertThat(buckets.size()).isLessThanOrEqualTo(64 * 16);
        assertThat(buckets.take(1000)).as("long forgotten").isZero();
    }

    @Test
    void another_rate_holds_at_once_for_clients_that_are_known() {
        TokenBuckets buckets = buckets(1, 5, 64);
        took(buckets, 1, 5);

        buckets.use(10, 3);
        now.addAndGet(SECOND);
        assertThat(took(buckets, 1, 10)).as("no more than the new bucket holds").isEqualTo(3);

        buckets.use(0, 1);
        assertThat(buckets.isLimited()).isFalse();
        assertThat(took(buckets, 1, 100)).isEqualTo(100);

        buckets.use(1, 2);
        now.addAndGet(10 * SECOND);
        assertThat(took(buckets, 1, 10)).isEqualTo(2);
    }

    private TokenBuckets buckets(int perSecond, int burst, int capacity) {
        return new TokenBuckets(perSecond, burst, capacity, now::get);
    }

    private static int took(TokenBuckets buckets, long client, int tries) {
        int took = 0;
        for (int i = 0; i < tries; i++) {
            took += buckets.take(client) == 0 ? 1 : 0;
        }
        return took;
    }
}
