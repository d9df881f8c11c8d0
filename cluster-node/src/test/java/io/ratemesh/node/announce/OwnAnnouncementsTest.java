package io.ratemesh.node.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.announce.OwnAnnouncements.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnAnnouncementsTest {

    private static final long SWEEP = Duration.ofMillis(250).toNanos();

    private final OwnAnnouncements own = new OwnAnnouncements();
    private long nanos = Duration.ofHours(-1).toNanos();

    @Test
    void a_node_that_has_sent_no_announcement_yet_misses_none() {
        assertThat(checks(Duration.ofSeconds(10))).containsOnly(Check.RECEIVED);
    }

    @Test
    void announcements_of_each_second_are_received() {
        for (int second = 0; second < 10; second++) {
            own.received(nanos);
            assertThat(checks(Duration.ofSeconds(1))).containsOnly(Check.RECEIVED);
        }
    }

    @Test
    void subscriptions_are_renewed_before_the_leases_of_other_nodes_expire_and_again_every_two_seconds() {
        own.received(nanos);

        List<Check> checks = checks(Duration.ofSeconds(7));

        int first = checks.indexOf(Check.RENEW);
        assertThat(Duration.ofNanos(first * SWEEP)).isLessThan(NodeLeases.LEASE);
        assertThat(checks.stream().filter(Check.RENEW::equals)).hasSize(3);
        assertThat(checks.subList(first, checks.size())).doesNotContain(Check.RECEIVED);
    }

    @Test
    void an_announcement_ends_the_silence() {
        own.received(nanos);
        checks(Duration.ofSeconds(5));
        own.received(nanos);

        assertThat(checks(Duration.ofSeconds(2))).containsOnly(Check.RECEIVED);
    }

    @Test
    void the_time_in_which_the_process_was_stopped_does_not_count() {
        own.received(nanos);
        checks(Duration.ofSeconds(1));
        nanos += Duration.ofSeconds(30).toNanos();

        assertThat(checks(Duration.ofSeconds(1))).containsOnly(Check.RECEIVED);
    }

    @Test
    void after_a_long_silence_the_leases_count_again() {
        own.received(nanos);
        checks(OwnAnnouncements.LIMIT.plusSeconds(1));

        assertThat(checks(Duration.ofSeconds(5))).containsOnly(Check.RECEIVED, Check.RENEW);
    }

    private List<Check> checks(Duration time) {
        List<Check> checks = new ArrayList<>();
        for (long end = nanos + time.toNanos(); nanos < end; nanos += SWEEP) {
            checks.add(own.check(nanos));
        }
        return checks;
    }
}
