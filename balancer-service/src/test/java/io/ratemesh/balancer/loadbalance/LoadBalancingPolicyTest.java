package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadBalancingPolicyTest {

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void no_policy_selects_a_tried_server(Algorithm algorithm) {
        PoolFixture fixture = pool(algorithm);
        fixture.up("a");
        fixture.up("b");
        UpstreamOnLoop a = fixture.onLoop("a");
        UpstreamOnLoop b = fixture.onLoop("b");

        for (int i = 0; i < 20; i++) {
            assertThat(fixture.choose(PoolFixture.request(i, i, a))).isEqualTo("b");
            assertThat(fixture.choose(PoolFixture.request(i, i, a, b))).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void no_policy_selects_a_server_at_its_limit(Algorithm algorithm) {
        PoolFixture fixture = new PoolFixture(PoolFixture.withLimit(algorithm, 3, 10));
        fixture.up("a");
        fixture.up("b");
        for (int i = 0; i < 6; i++) {
            fixture.onLoop(fixture.choose(PoolFixture.request(i, i))).begin();
        }

        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("none");
        assertThat(fixture.onLoop("a").upstream().requestsInFlight()).isEqualTo(3);

        fixture.onLoop("b").end();
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void a_position_beyond_a_shrunken_list_still_reaches_all(Algorithm algorithm) {
        PoolFixture fixture = pool(algorithm);
        List<Upstream> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            five.add(fixture.up("s" + i));
        }
        for (int i = 0; i < 7; i++) {
            fixture.choose(PoolFixture.request(i, i));
        }

        five.subList(2, 5).forEach(fixture.pool::remove);

        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            String chosen = fixture.choose(PoolFixture.request(i, i));
            counts.merge(chosen, 1, Integer::sum);
            if (algorithm == Algorithm.FIRST) {
                fixture.onLoop(chosen).begin();
            }
        }
        assertThat(counts.keySet()).allMatch(id -> id.equals("s0") || id.equals("s1"));
        assertThat(counts).hasSize(algorithm == Algorithm.FIRST ? 1 : 2);
    }

    @Test
    void least_connections_selects_the_lowest_load_relative_to_weight() {
        PoolFixture fixture = pool(Algorithm.LEAST_CONNECTIONS);
        fixture.up("a", 1);
        fixture.up("b", 3);
        begin(fixture, "a", 2);
        begin(fixture, "b", 5);
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("b");

        begin(fixture, "b", 2);
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("a");
    }

    @Test
    void idle_servers_alternate_even_with_a_busier_one_between_them() {
        PoolFixture fixture = pool(Algorithm.LEAST_CONNECTIONS);
        fixture.up("a");
        fixture.up("busy");
        fixture.up("c");
        assertThat(fixture.chosen(300)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 100, "busy", 100, "c", 100));

        begin(fixture, "busy", 1);
        assertThat(fixture.chosen(100)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 50, "c", 50));
    }

    @Test
    void least_connections_counts_requests_of_other_loops() {
        PoolFixture fixture = pool(Algorithm.LEAST_CONNECTIONS);
        fixture.up("a");
        fixture.up("b");
        PoolOnLoop other = new PoolOnLoop(fixture.pool);
        other.tick();
        other.members().get(0).begin();

        assertThat(fixture.chosen(10)).containsOnlyKeys("b");
    }

    @Test
    void a_fast_failing_server_does_not_attract_requests_and_recovers_in_ten_seconds() {
        PoolFixture fixture = pool(Algorithm.LEAST_CONNECTIONS);
        fixture.up("fails");
        fixture.up("b");
        fixture.onLoop("fails").responseStarted(500);
        begin(fixture, "b", 0);
        assertThat(fixture.chosen(10)).containsOnlyKeys("b");

        for (int i = 0; i < 10; i++) {
            fixture.pass(Duration.ofSeconds(1));
        }
        assertThat(fixture.chosen(10)).containsEntry("fails", 5);
    }

    @Test
    void round_robin_is_smooth() {
        PoolFixture fixture = pool(Algorithm.ROUND_ROBIN);
        fixture.up("a", 5);
        fixture.up("b", 1);
        fixture.up("c", 1);

        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 14; i++) {
            order.append(fixture.choose(PoolFixture.ANY));
        }
        assertThat(order).hasToString("aabacaaaabacaa");
    }

    @Test
    void first_fills_the_first() {
        PoolFixture fixture = new PoolFixture(PoolFixture.withLimit(Algorithm.FIRST, 2, 10));
        fixture.up("a");
        fixture.up("b");
        begin(fixture, "a", 1);
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("a");
        begin(fixture, "a", 1);
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("b");
    }

    @Test
    void random_two_prefers_the_idle_server_and_reaches_all() {
        PoolFixture fixture = pool(Algorithm.RANDOM_TWO);
        for (String id : List.of("a", "b", "c", "d")) {
            fixture.up(id);
        }
        assertThat(fixture.chosen(1000))
                .hasSize(4)
                .allSatisfy((id, count) -> assertThat(count).isGreaterThan(100));

        begin(fixture, "a", 10);
        assertThat(fixture.chosen(1000)).doesNotContainKey("a");
    }

    @Test
    void a_source_keeps_its_server_and_a_removal_moves_only_its_own_sources() {
        PoolFixture fixture = pool(Algorithm.SOURCE_HASH);
        for (String id : List.of("a", "b", "c")) {
            fixture.up(id);
        }
        Upstream leaver = fixture.up("d");
        Map<Integer, String> before = bySource(fixture);
        assertThat(bySource(fixture)).isEqualTo(before);
        for (String id : List.of("a", "b", "c", "d")) {
            assertThat(before.values().stream().filter(id::equals).count()).isBetween(200L, 300L);
        }

        fixture.pool.remove(leaver);

        bySource(fixture).forEach((source, server) -> {
            if (!"d".equals(before.get(source))) {
                assertThat(server).isEqualTo(before.get(source));
            }
        });
    }

    @Test
    void a_hash_respects_weights() {
        PoolFixture fixture = pool(Algorithm.SOURCE_HASH);
        fixture.up("a", 1);
        fixture.up("b", 3);

        assertThat(bySource(fixture).values().stream().filter("b"::equals).count())
                .isBetween(700L, 800L);
    }

    @Test
    void a_popular_target_is_spread_and_no_server_exceeds_its_share_by_more_than_a_quarter() {
        PoolFixture fixture = pool(Algorithm.URI_HASH);
        for (String id : List.of("a", "b", "c", "d")) {
            fixture.up(id);
        }
        String home = fixture.choose(PoolFixture.request(0, 42));
        assertThat(fixture.choose(PoolFixture.request(1, 42))).isEqualTo(home);

        for (int i = 0; i < 100; i++) {
            fixture.onLoop(fixture.choose(PoolFixture.request(0, 42))).begin();
        }

        assertThat(fixture.onLoop(home).upstream().requestsInFlight()).isBetween(30L, 32L);
        for (Upstream upstream : fixture.pool.upstreams()) {
            assertThat(upstream.requestsInFlight()).isBetween(1L, 32L);
        }
    }

    private static Map<Integer, String> bySource(PoolFixture fixture) {
        Map<Integer, String> chosen = new HashMap<>();
        for (int source = 0; source < 1000; source++) {
            chosen.put(source, fixture.choose(PoolFixture.request(source, 0)));
        }
        return chosen;
    }

    private static PoolFixture pool(Algorithm algorithm) {
        return new PoolFixture(PoolFixture.with(algorithm));
    }

    private static void begin(PoolFixture fixture, String id, int requests) {
        for (int i = 0; i < requests; i++) {
            fixture.onLoop(id).begin();
        }
    }
}
