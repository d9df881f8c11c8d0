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
    private final List<String> checkedAtOnce = new ArrayList<>();
    private final List<String> drained = new ArrayList<>();
    private final Discovery discovery = new Discovery(
            pool,
            NodeRole.CONVERTER,
            upstream -> checkedAtOnce.add(upstream.id()),
            upstream -> drained.add(upstream.id()));

    @Test
    void an_announced_converter_joins_the_pool_and_is_checked_at_once() {
        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 9101, NodeState.READY));

        assertThat(pool.find("converter-1"))
                .hasValueSatisfying(upstream -> assertThat(upstream.port()).isEqualTo(9101));
        assertThat(checkedAtOnce).containsExactly("converter-1");
    }

    @Test
    void nodes_of_other_roles_or_without_a_port_do_not_join() {
        discovery.nodeAnnounced(node("rates-1", NodeRole.RATES, 9100, NodeState.READY));
        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 0, NodeState.STARTING));

        assertThat(pool.upstreams()).isEmpty();
    }

    @Test
    void a_draining_node_is_not_selected_before_the_callback() {
        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 9101, NodeState.READY));

        discovery.nodeAnnounced(node("converter-1", NodeRole.CONVERTER, 9101, NodeState.DRAINING));

        assertThat(pool.upstreams().get(0).state()).isEqualTo(UpstreamState.DRAINING);
        assertThat(drained).containsExactly("converter-1");
    }

    @Test
    void a_lost_node_is_removed_and_may_join_again() {
        Announcement node = node("converter-1", NodeRole.CONVERTER, 9101, NodeState.READY);
        discovery.nodeAnnounced(node);

        discovery.nodeLost(node);
        assertThat(pool.upstreams()).isEmpty();

        discovery.nodeAnnounced(node);
        assertThat(pool.upstreams()).hasSize(1);
    }

    @Test
    void a_node_on_another_port_under_the_same_id_is_a_new_upstream() {
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
