package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

    @Test
    void one_too_many_is_refused_and_counted_until_another_leaves() {
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
    void what_one_client_has_takes_nothing_from_another() {
        ConnectionLimit limit = new ConnectionLimit(10, 1);

        assertThat(limit.acquire(1)).isTrue();
        assertThat(limit.acquire(1)).isFalse();
        assertThat(limit.acquire(2)).isTrue();
        assertThat(limit.open()).isEqualTo(2);

        limit.release(1);
        assertThat(limit.acquire(1)).isTrue();
    }

    @Test
    void whoever_is_no_client_counts_in_all_only() {
        ConnectionLimit limit = new ConnectionLimit(3, 1);

        assertThat(limit.acquire()).isTrue();
        assertThat(limit.acquire()).isTrue();
        assertThat(limit.acquire(1)).isTrue();
        assertThat(limit.acquire()).isFalse();
    }

    @Test
    void another_limit_holds_for_newcomers_and_counts_those_who_are_here() {
        ConnectionLimit limit = new ConnectionLimit(10, 0);
        assertThat(limit.acquire(1)).isTrue();
        assertThat(limit.acquire(1)).isTrue();

        limit.use(10, 2);
        assertThat(limit.acquire(1)).isFalse();
        assertThat(limit.acquire(2)).isTrue();

        limit.use(1, 0);
        assertThat(limit.acquire(3)).isFalse();
        assertThat(limit.open()).as("nobody was sent away").isEqualTo(3);

        limit.release(1);
        limit.release(1);
        limit.release(2);
        assertThat(limit.acquire(3)).isTrue();
    }

    @Test
    void loops_that_come_and_go_at_once_leave_nothing_behind() throws InterruptedException {
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
