package io.ratemesh.node.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeLeasesTest {

    private static final long SWEEP = Duration.ofMillis(250).toNanos();
    private static final long LEASE = NodeLeases.LEASE.toNanos();

    /** System.nanoTime() may begin anywhere, and run over. */
    private static final long BEGIN = Long.MAX_VALUE - LEASE / 2;

    private final NodeLeases leases = new NodeLeases();
    private final Announcement one = announcement("one", "member-1");
    private final Announcement two = announcement("two", "member-2");

    @Test
    void a_new_node_is_distinguished_from_a_known_one() {
        assertThat(leases.renew(one, BEGIN)).isEmpty();
        assertThat(leases.renew(one.withState(NodeState.READY), BEGIN + 1)).contains(one);
        assertThat(leases.present()).containsExactly(one.withState(NodeState.READY));
    }

    @Test
    void a_node_without_announcements_for_the_lease_is_removed() {
        leases.renew(one, BEGIN);

        assertThat(sweepTo(BEGIN, BEGIN + LEASE - 1)).isEmpty();
        assertThat(leases.expire(BEGIN + LEASE)).containsExactly(one);
        assertThat(leases.present()).isEmpty();
        assertThat(leases.expire(BEGIN + LEASE + 1)).isEmpty();
    }

    @Test
    void each_word_renews_the_lease() {
        leases.renew(one, BEGIN);
        leases.renew(two, BEGIN);
        sweepTo(BEGIN, BEGIN + LEASE - 1);
        leases.renew(one, BEGIN + LEASE - 1);

        assertThat(leases.expire(BEGIN + LEASE)).containsExactly(two);
        assertThat(leases.present()).containsExactly(one);
    }

    @Test
    void a_member_that_left_takes_its_node_with_it_at_once() {
        leases.renew(one, BEGIN);
        leases.renew(two, BEGIN);

        assertThat(leases.memberLeft("member-1")).containsExactly(one);
        assertThat(leases.memberLeft("member-1")).isEmpty();
        assertThat(leases.present()).containsExactly(two);
    }

    @Test
    void who_was_away_itself_does_not_blame_the_others() {
        leases.renew(one, BEGIN);
        sweepTo(BEGIN, BEGIN + SWEEP);
        long back = BEGIN + SWEEP + 10 * LEASE;

        assertThat(leases.expire(back)).isEmpty();
        assertThat(sweepTo(back, back + LEASE)).containsExactly(one);
    }

    /** Looks at the leases as often as the directory does. */
    private List<Announcement> sweepTo(long from, long to) {
        List<Announcement> gone = new ArrayList<>();
        for (long passed = 0; passed < to - from; passed += SWEEP) {
            gone.addAll(leases.expire(from + passed));
        }
        gone.addAll(leases.expire(to));
        return gone;
    }

    private static Announcement announcement(String id, String member) {
        return new Announcement(
                id,
                member,
                NodeRole.CONVERTER,
                "127.0.0.1",
                8081,
                NodeState.STARTING,
                0,
                Load.NONE,
                "test",
                Instant.EPOCH);
    }
}
