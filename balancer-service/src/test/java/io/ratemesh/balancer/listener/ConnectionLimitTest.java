package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

    @Test
    void a_connection_over_the_limit_is_refused_until_another_is_released() {
        ConnectionLimit limit = new ConnectionLimit(2, 0);

        assertThat(limit.acquire(1)).isTrue();
        assertThat(limit.acquire()).isTrue();
        assertThat(limit.acquire(1)).isFalse();
        assertThat(limit.open()).isEqualTo(2);
        assertThat(limit.refused()).isEqualTo(1);

        limit.release(1);
        assertThat(limit.acquire(2)).isTrue();
    }

    @Test
    void the_limit_of_one_client_does_not_affect_another() {
        ConnectionLimit limit = new ConnectionLimit(10, 1);

        assertThat(limit.acquire(1)).isTrue();
        assertThat(limit.acquire(1)).isFalse();
        assertThat(limit.acquire(2)).isTrue();
        assertThat(limit.open()).isEqualTo(2);

        limit.release(1);
        assertThat(limit.acquire(1)).isTrue();
    }

    @Test
    void a_connection_without_a_client_counts_in_the_total_only() {
        ConnectionLimit limit = new ConnectionLimit(3, 1);

        assertThat(limit.acquire()).isTrue();
        assertThat(limit.acquire()).isTrue();
        assertThat(limit.acquire(1)).isTrue();
        assertThat(limit.acquire()).isFalse();
    }

    @Test
    void a_new_limit_applies_to_new_connections_and_counts_the_open_ones() {
        ConnectionLimit limit = new ConnectionLimit(10, 0);
        assertThat(limit.acquire(1)).isTrue();
        assertThat(limit.acquire(1)).isTrue();

        limit.use(10, 2);
        assertThat(limit.acquire(1)).isFalse();
        assertThat(limit.acquire(2)).isTrue();

        limit.use(1, 0);
        assertThat(limit.acquire(3)).isFalse();
        assertThat(limit.open()).as("open connections stay").isEqualTo(3);

        limit.release(1);
        limit.release(1);
        limit.release(2);
        assertThat(limit.acquire(3)).isTrue();
    }

    @Test
    void concurrent_loops_leave_nothing_counted() throws InterruptedException {
        ConnectionLimit limit = new ConnectionLimit(100, 3);
        ExecutorService loops = Executors.newFixedThreadPool(4);
        CountDownLatch done = new CountDownLatch(4);
        for (int loop = 0; loop < 4; loop++) {
            loops.execute(() -> {
                for (int i = 0; i < 50_000; i++) {
                    if (limit.acquire(i % 3)) {
                        limit.release(i % 3);
                    }
                }
                done.countDown();
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        loops.shutdown();

        assertThat(limit.open()).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(limit.acquire(1)).isTrue();
        }
        assertThat(limit.acquire(1)).isFalse();
    }
}
