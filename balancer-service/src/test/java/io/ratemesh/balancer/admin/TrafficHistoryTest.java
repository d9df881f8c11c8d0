package io.ratemesh.balancer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.stats.TrafficHistory;
import io.ratemesh.balancer.stats.TrafficHistory.Sample;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrafficHistoryTest {

    private final StatsFixture fixture = new StatsFixture();
    private final Upstream server = fixture.up("converter-1");
    private final TrafficHistory traffic = new TrafficHistory();

    @Test
    void a_sample_has_the_rates_of_its_second_and_what_is_in_flight() {
        second();
        for (int i = 0; i < 7; i++) {
            fixture.countsOne.requestReceived();
        }
        fixture.countsTwo.requestReceived();
        fixture.countsTwo.responded(503, 10);
        on(server).begin();

        Sample sample = second();

        assertThat(sample.requestsPerSecond()).isEqualTo(8);
        assertThat(sample.serverErrorsPerSecond()).isEqualTo(1);
        assertThat(sample.inFlight()).isEqualTo(1);
        assertThat(second().requestsPerSecond()).isZero();
    }

    @Test
    void latency_covers_the_last_ten_seconds() {
        second();
        on(server).recordLatency(Duration.ofMillis(20).toNanos());

        assertThat(second().p99()).isBetween(Duration.ofMillis(20), Duration.ofMillis(23));
        for (int i = 0; i < 9; i++) {
            assertThat(second().p50()).isPositive();
        }
        assertThat(second().p50()).as("11 s later").isZero();
    }

    @Test
    void a_server_that_leaves_takes_its_latencies_with_it() {
        Upstream other = fixture.up("converter-2");
        on(other).recordLatency(Duration.ofSeconds(5).toNanos());
        second();
        fixture.converters.remove(other);
        fixture.loopOne.tick();
        on(server).recordLatency(Duration.ofMillis(2).toNanos());
        assertThat(second().p99()).as("the window starts again").isZero();
        on(server).recordLatency(Duration.ofMillis(2).toNanos());

        assertThat(second().p99()).isBetween(Duration.ofMillis(2), Duration.ofMillis(3));
    }

    @Test
    void five_minutes_are_kept() {
        for (int i = 0; i < TrafficHistory.MAX_SAMPLES + 50; i++) {
            second();
        }
        assertThat(traffic.samples()).hasSize(TrafficHistory.MAX_SAMPLES);
    }

    @Test
    void before_the_second_sample_there_is_nothing() {
        second();

        assertThat(traffic.samples()).isEmpty();
        assertThat(traffic.last().requestsPerSecond()).isZero();
    }

    private UpstreamOnLoop on(Upstream upstream) {
        return StatsFixture.on(fixture.loopOne, upstream);
    }

    private Sample second() {
        fixture.advance(Duration.ofSeconds(1));
        traffic.sample(fixture.stats.snapshot(), fixture.stats.httpPools(), fixture.nanos);
        return traffic.last();
    }
}
