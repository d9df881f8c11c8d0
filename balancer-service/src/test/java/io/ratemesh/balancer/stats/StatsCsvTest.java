package io.ratemesh.balancer.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.PoolFixture;
import io.ratemesh.balancer.pool.PoolOnLoop;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.balancer.pool.UpstreamOnLoop;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatsCsvTest {

    private final Pool pool = PoolFixture.plain("converters");
    private final PoolOnLoop loopOne = new PoolOnLoop(pool);
    private final PoolOnLoop loopTwo = new PoolOnLoop(pool);
    private final Stats stats = new Stats(
            pool,
            List.of(
                    new Stats.LoopStats(loopOne, new FrontDoorCounts()),
                    new Stats.LoopStats(loopTwo, new FrontDoorCounts())));

    @Test
    void has_haproxys_header_and_as_many_fields_in_every_row() {
        up("converter-1");
        up("converter-2");

        List<String> lines = StatsCsv.write(stats).lines().toList();

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("# pxname,svname,qcur,").endsWith(",-,");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(121));
        assertThat(lines.subList(1, 5).stream().map(line -> field(line, 0) + "/" + field(line, 1)))
                .containsExactly(
                        "front-door/FRONTEND",
                        "converters/converter-1",
                        "converters/converter-2",
                        "converters/BACKEND");
    }

    @Test
    void adds_up_what_the_event_loops_counted() {
        up("converter-1");
        UpstreamOnLoop one = Objects.requireNonNull(loopOne.choose(PoolFixture.ANY));
        UpstreamOnLoop two = Objects.requireNonNull(loopTwo.choose(PoolFixture.ANY));
        one.begin();
        one.answered(200);
        one.end();
        two.begin();

        String server = StatsCsv.write(stats).lines().toList().get(2);

        assertThat(field(server, 4)).as("scur").isEqualTo("1");
        assertThat(field(server, 7)).as("stot").isEqualTo("2");
        assertThat(field(server, 40)).as("hrsp_2xx").isEqualTo("1");
    }

    @Test
    void says_the_states_in_haproxys_words() {
        Upstream up = up("converter-1");
        Upstream leaving = up("converter-2");
        leaving.leaves();

        List<String> lines = StatsCsv.write(stats).lines().toList();

        assertThat(field(lines.get(1), 17)).isEqualTo("OPEN");
        assertThat(field(lines.get(2), 17)).isEqualTo("UP");
        assertThat(field(lines.get(2), 23)).as("lastchg").isEqualTo("0");
        assertThat(field(lines.get(3), 17)).isEqualTo("DRAIN");
        assertThat(field(lines.get(4), 17)).isEqualTo("UP");

        up.refused();
        assertThat(field(StatsCsv.write(stats).lines().toList().get(2), 17)).isEqualTo("DOWN");
    }

    private Upstream up(String id) {
        return PoolFixture.up(pool, id, 9101);
    }

    private static String field(String line, int index) {
        return line.split(",", -1)[index];
    }
}
