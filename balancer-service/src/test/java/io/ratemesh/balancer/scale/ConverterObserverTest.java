package io.ratemesh.balancer.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConverterObserverTest {

    private final ConverterObserver observer = new ConverterObserver();

    @Test
    void the_requests_of_all_balancers_and_the_cpu_of_all_warm_converters_are_added_up() {
        List<Announcement> nodes = List.of(
                balancer("balancer-1", 40),
                balancer("balancer-2", 25),
                converter("converter-1", NodeState.READY, 0.25),
                converter("converter-2", NodeState.READY, 0.5));

        assertThat(observe(nodes, 0)).isEqualTo(new ClusterLoad(2, 2, 0, 0, 65, 0));
        assertThat(observe(nodes, 15)).isEqualTo(new ClusterLoad(2, 0, 0, 0, 65, 3));
    }

    @Test
    void draining_and_retiring_converters_are_no_capacity() {
        List<Announcement> nodes = List.of(
                converter("converter-1", NodeState.READY, 0),
                converter("converter-2", NodeState.DRAINING, 1),
                converter("converter-3", NodeState.READY, 1));

        assertThat(observer.observe(nodes, Set.of("converter-3"), Duration.ofMinutes(1), 0))
                .isEqualTo(new ClusterLoad(1, 1, 0, 2, 0, 0));
    }

    @Test
    void a_starting_converter_counts_until_the_timeout() {
        List<Announcement> nodes = List.of(converter("converter-1", NodeState.STARTING, 1));

        assertThat(observe(nodes, 0).starting()).isEqualTo(1);
        assertThat(observe(nodes, 59).starting()).isEqualTo(1);
        assertThat(observe(nodes, 60).starting()).isZero();
    }

    @Test
    void a_converter_that_came_back_warms_up_again() {
        List<Announcement> nodes = List.of(converter("converter-1", NodeState.READY, 0.1));
        observe(nodes, 0);
        observe(List.of(), 20);

        assertThat(observe(nodes, 21).warming()).isEqualTo(1);
    }

    @Test
    void no_announcement_is_no_load() {
        assertThat(observe(List.of(), 0)).isEqualTo(new ClusterLoad(0, 0, 0, 0, 0, 0));
    }

    private ClusterLoad observe(List<Announcement> nodes, int second) {
        return observer.observe(
                nodes,
                Set.of(),
                Duration.ofMinutes(1),
                Duration.ofSeconds(second).toNanos());
    }

    private static Announcement balancer(String id, int converterRequests) {
        return node(id, NodeRole.BALANCER, NodeState.READY, new Load(999, 0, 0.9, 0, 0, 0, 4, converterRequests));
    }

    static Announcement converter(String id, NodeState state, double cpu) {
        return node(id, NodeRole.CONVERTER, state, new Load(0, 0, cpu, 0, 0, 0, 4, 0));
    }

    private static Announcement node(String id, NodeRole role, NodeState state, Load load) {
        return new Announcement(id, "member-" + id, role, "127.0.0.1", 1, state, 0, load, "1.0", Instant.EPOCH);
    }
}
