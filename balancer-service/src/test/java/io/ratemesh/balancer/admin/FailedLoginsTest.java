package io.ratemesh.balancer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final FailedLogins failures = new FailedLogins();
    private long now = 77 * SECOND;

    @Test
    void ten_failures_are_allowed_and_then_one_every_two_seconds() {
        for (int i = 0; i < 10; i++) {
            assertThat(failures.blockedFor("10.0.0.1", now)).isZero();
            failures.add("10.0.0.1", now);
        }
        assertThat(failures.blockedFor("10.0.0.1", now)).isEqualTo(Duration.ofSeconds(2));

        now += 2 * SECOND;
        assertThat(failures.blockedFor("10.0.0.1", now)).isZero();
        failures.add("10.0.0.1", now);
        assertThat(failures.blockedFor("10.0.0.1", now)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void other_addresses_are_not_blocked_but_the_same_ipv6_network_is() {
        for (int i = 0; i < 10; i++) {
            failures.add("2001:db8:0:1::" + i, now);
        }

        assertThat(failures.blockedFor("2001:db8:0:1:a:b:c:d", now)).isPositive();
        assertThat(failures.blockedFor("2001:db8:0:2::1", now)).isZero();
        assertThat(failures.blockedFor("10.0.0.2", now)).isZero();
    }

    @Test
    void the_number_of_stored_addresses_is_bounded() {
        for (int i = 0; i < 100_000; i++) {
            failures.add("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, now);
        }

        assertThat(failures.size()).isEqualTo(4096);
    }
}
