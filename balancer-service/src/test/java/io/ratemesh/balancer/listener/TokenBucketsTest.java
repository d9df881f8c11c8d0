package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong now = new AtomicLong(-5);

    @Test
    void a_burst_passes_then_the_rate_applies() {
        TokenBuckets buckets = buckets(2, 3, 64);

        assertThat(took(buckets, 1, 10)).isEqualTo(3);
        assertThat(buckets.take(1)).isBetween(SECOND / 2 - 1, SECOND / 2 + 1);

        now.addAndGet(SECOND);
        assertThat(took(buckets, 1, 10)).isEqualTo(2);
    }

    @Test
    void a_long_pause_fills_one_bucket() {
        TokenBuckets buckets = buckets(2, 3, 64);
        took(buckets, 1, 10);

        now.addAndGet(1000 * SECOND);

        assertThat(took(buckets, 1, 10)).isEqualTo(3);
    }

    @Test
    void a_rejected_request_takes_no_token() {
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
    void clients_have_buckets_of_their_own() {
        TokenBuckets buckets = buckets(1, 1, 64);

        assertThat(buckets.take(1)).isZero();
        assertThat(buckets.take(1)).isPositive();
        assertThat(buckets.take(2)).isZero();
    }

    @Test
    void an_earlier_time_takes_no_tokens_away() {
        TokenBuckets buckets = buckets(1, 1, 64);
        now.set(10 * SECOND);
        assertThat(buckets.take(1)).isZero();

        now.set(9 * SECOND);
        assertThat(buckets.take(1)).isEqualTo(SECOND);

        now.set(11 * SECOND);
        assertThat(buckets.take(1)).isZero();
    }

    @Test
    void with_too_many_clients_the_least_recent_bucket_is_dropped() {
        TokenBuckets buckets = buckets(1, 1, 64 * 16);
        assertThat(buckets.take(7)).isZero();
        for (int client = 1000; client < 101_000; client++) {
            buckets.take(client);
            // A client that goes on sending requests keeps its bucket.
            assertThat(buckets.take(7)).isPositive();
        }

        assertThat(buckets.size()).isLessThanOrEqualTo(64 * 16);
        assertThat(buckets.take(1000)).as("long forgotten").isZero();
    }

    @Test
    void a_new_rate_applies_to_known_clients_at_once() {
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
