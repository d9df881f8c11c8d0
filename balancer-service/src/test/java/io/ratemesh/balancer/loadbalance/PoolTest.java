package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {

    @Test
    void all_down_then_up_and_requests_are_served_again() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        List<Upstream> all = List.of(fixture.up("a"), fixture.up("b"), fixture.up("c"));
        all.forEach(Upstream::connectRefused);
        for (int i = 0; i < 100; i++) {
            all.forEach(upstream -> upstream.checkCompleted(PoolFixture.timedOut()));
            fixture.pass(Duration.ofSeconds(1));
        }
        assertThat(fixture.pool.snapshot().active()).isZero();

        for (int i = 0; i < PoolFixture.RISE; i++) {
            all.forEach(upstream -> upstream.checkCompleted(PoolFixture.passed()));
        }

        assertThat(fixture.chosen(30)).containsOnlyKeys("a", "b", "c").containsEntry("a", 10);
    }

    @Test
    void new_settings_keep_state_and_counts_of_servers_that_stay() {
        PoolFixture fixture = new PoolFixture(PoolFixture.listing("a", "b", "c"));
        fixture.pool.upstreams().forEach(upstream -> upstream.checkCompleted(PoolFixture.passed()));
        Upstream b = fixture.pool.find("b:80").orElseThrow();
        fixture.onLoop("b:80").begin();
        fixture.onLoop("a:80").begin();
        fixture.onLoop("a:80").responseStarted(200);

        fixture.pool.reconfigure(PoolFixture.listing("d", "b*4"));

        assertThat(fixture.pool.upstreams().stream().map(Upstream::id)).containsExactly("d:80", "b:80");
        assertThat(fixture.pool.find("b:80")).containsSame(b);
        fixture.loop.tick();
        UpstreamSnapshot kept = fixture.pool.snapshot().servers().get(1);
        assertThat(kept.state()).isEqualTo(UpstreamState.UP);
        assertThat(kept.weight()).isEqualTo(4);
        assertThat(kept.counts().requests()).isEqualTo(1);
        assertThat(kept.counts().inFlight()).isEqualTo(1);
    }

    @Test
    void requests_of_a_removed_server_complete_and_stay_counted() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        Upstream a = fixture.up("a");
        UpstreamOnLoop server = fixture.onLoop("a");
        server.begin();

        fixture.pool.remove(a);
        fixture.loop.tick();
        assertThat(fixture.choose(PoolFixture.ANY)).isEqualTo("none");
        assertThat(fixture.pool.snapshot().counts().requests()).isEqualTo(1);
        assertThat(fixture.pool.snapshot().counts().inFlight()).isEqualTo(1);
        server.responseStarted(200);
        server.end();
        fixture.loop.tick();

        assertThat(fixture.pool.snapshot().counts().requests()).isEqualTo(1);
        assertThat(fixture.pool.snapshot().counts().responses().success()).isEqualTo(1);
    }

    @Test
    void an_operators_weight_holds_until_the_settings_give_another() {
        PoolFixture fixture = new PoolFixture(PoolFixture.listing("a*2"));
        Upstream a = fixture.pool.upstreams().get(0);
        a.setWeight(7);
        fixture.pool.reconfigure(PoolFixture.listing("a*2"));
        assertThat(fixture.pool.snapshot().servers().get(0).weight()).isEqualTo(7);

        fixture.pool.reconfigure(PoolFixture.listing("a*3"));
        assertThat(fixture.pool.snapshot().servers().get(0).weight()).isEqualTo(3);
    }

    @Test
    void another_algorithm_holds_from_the_next_request_on() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        fixture.up("a");
        fixture.up("b");
        assertThat(fixture.chosen(4)).hasSize(2);

        fixture.pool.reconfigure(PoolFixture.with(Algorithm.FIRST));

        assertThat(fixture.chosen(4)).containsOnlyKeys("a");
    }

    @Test
    void listeners_are_notified_of_each_change_once_including_timed_ones() {
        PoolFixture fixture = new PoolFixture(PoolFixture.withSlowStart(Duration.ofSeconds(10)));
        List<String> changes = new ArrayList<>();
        fixture.pool.addListener(
                (upstream, before) -> changes.add(upstream.id() + ": " + before + " to " + upstream.state()));

        Upstream a = fixture.up("a");
        fixture.pass(Duration.ofSeconds(10));
        fixture.pass(Duration.ofSeconds(1));
        a.connectRefused();
        a.connectRefused();

        assertThat(changes).containsExactly("a: CHECKING to SLOW_START", "a: SLOW_START to UP", "a: UP to DOWN");
    }

    @Test
    void snapshot_has_the_time_since_the_last_request() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        fixture.up("a");
        PoolSnapshot before = fixture.pool.snapshot();
        assertThat(before.sinceLastRequest(before.servers().get(0).counts())).isEmpty();

        fixture.onLoop("a").begin();
        fixture.pass(Duration.ZERO);
        fixture.pass(Duration.ofSeconds(7));

        PoolSnapshot after = fixture.pool.snapshot();
        assertThat(after.sinceLastRequest(after.servers().get(0).counts())).contains(Duration.ofSeconds(7));
        assertThat(after.sinceLastRequest(after.counts())).contains(Duration.ofSeconds(7));
    }
}
