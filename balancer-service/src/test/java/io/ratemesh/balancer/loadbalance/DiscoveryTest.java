package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Load;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private final Pool pool = PoolFixture.plain("converters");
    private final List<String> askedAtOnce = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final Discovery discovery = new Discovery(
            pool, NodeRole.CONVERTER, upstream -> askedAtOnce.add(upstream.id()), upstream -> heard.add(upstream.id()));

    @Test
    void a_converter_that_announces_itself_is_in_the_pool_and_is_checked_at_once() {
        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 9101, NodeState.READY));

        assertThat(pool.find("converter-1"))
                .hasValueSatisfying(upstream -> assertThat(upstream.port()).isEqualTo(9101));
        assertThat(askedAtOnce).containsExactly("converter-1");
    }

    @Test
    void nodes_of_other_roles_and_those_that_do_not_listen_yet_are_not() {
        discovery.nodeAnnounced(node("rates-1", NodeRole.RATES, 9100, NodeState.READY));
        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 0, NodeState.STARTING));

        assertThat(pool.upstreams()).isEmpty();
    }

    @Test
    void one_that_says_it_leaves_is_out_of_the_choice_before_it_is_told_so() {
        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 9101, NodeState.READY));

        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 9101, NodeState.DRAINING));

        assertThat(pool.upstreams().get(0).state()).isEqualTo(UpstreamState.DRAINING);
        assertThat(heard).containsExactly("converter-1");
    }

    @Test
    void one_that_is_gone_is_out_of_the_pool_and_may_come_back() {
        Announcement node = node("converter-1", NodeRole.CONVERTER, 9101, NodeState.READY);
        discovery.nodeAnnounced(node);

        discovery.nodeLost(node);
        assertThat(pool.upstreams()).isEmpty();

        discovery.nodeAnnounced(node);
        assertThat(pool.upstreams()).hasSize(1);
    }

    @Test
    void one_that_comes_back_on_another_port_under_its_old_name_is_a_newcomer() {
        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 9101, NodeState.READY));
        pool.upstreams().get(0).drainAnnounced();

        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 9102, NodeState.READY));

        assertThat(pool.upstreams()).singleElement().satisfies(upstream -> {
            assertThat(upstream.port()).isEqualTo(9102);
            assertThat(upstream.state()).isEqualTo(UpstreamState.CHECKING);
        });
    }

    private static Announcement node(String id, NodeRole role, int port, NodeState state) {
        return new Announcement(
                id, "member-of-" + id, role, "127.0.0.1", port, state, 1, Load.NONE, "test", Instant.EPOCH);
    }
}
