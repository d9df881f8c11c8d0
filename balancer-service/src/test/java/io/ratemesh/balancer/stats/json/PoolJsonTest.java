package io.ratemesh.balancer.stats.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.loadbalance.DnsStatus;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.upstream.AgentReport;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolJsonTest {

    @Test
    void an_agent_is_shown_with_what_it_said_and_what_it_has_set() {
        PoolFixture fixture = new PoolFixture(PoolFixture.withAgent(9999));
        Upstream server = fixture.up("a");
        CheckResult said =
                new CheckResult(Instant.EPOCH, Outcome.EXPECTED_STATUS, 0, Duration.ofMillis(2), "drain 50% maxconn:7");
        server.agentReported(said, AgentReport.parse(said.detail()));

        JsonObject json = json(fixture).getJsonArray("servers").getJsonObject(0);
        JsonObject agent = json.getJsonObject("agent");

        assertThat(json.getString("state")).isEqualTo("DRAINING");
        assertThat(json.getString("adminState")).isEqualTo("ready");
        assertThat(agent.getString("state")).isEqualTo("drain");
        assertThat(agent.getBoolean("down")).isFalse();
        assertThat(agent.getInteger("weightPercent")).isEqualTo(50);
        assertThat(agent.getInteger("maxInFlight")).isEqualTo(7);
        assertThat(agent.getJsonObject("lastCheck").getString("detail")).isEqualTo("drain 50% maxconn:7");
    }

    @Test
    void dns_is_shown_with_the_reason_of_a_failed_lookup() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        assertThat(json(fixture).containsKey("dns")).isFalse();

        fixture.pool.setDnsStatus(
                Optional.of(new DnsStatus("shop.internal", 3, 1, Optional.of(Instant.EPOCH), "server failure")));

        assertThat(json(fixture).getJsonObject("dns"))
                .isEqualTo(new JsonObject()
                        .put("name", "shop.internal")
                        .put("resolutions", 3L)
                        .put("failures", 1L)
                        .put("lastResolvedAt", "1970-01-01T00:00:00Z")
                        .put("error", "server failure"));
    }

    private static JsonObject json(PoolFixture fixture) {
        return new PoolJson(ProxyMode.HTTP, new RateTracker(), Instant.EPOCH).pool(fixture.pool.snapshot());
    }
}
