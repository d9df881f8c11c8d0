package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.ClusterUnderTest.AddedBalancer;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.cluster.StatsPort;
import io.ratemesh.systemtests.feed.EcbDay;
import io.ratemesh.systemtests.feed.EcbServer;
import io.ratemesh.systemtests.http.ApiClient;
import io.ratemesh.systemtests.load.LoadReport;
import io.ratemesh.systemtests.load.SteadyLoad;
import io.ratemesh.systemtests.process.Jvm;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two of each role, as on two machines, one of which fails. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SideBySideIT {

    private static final Duration TAKEOVER = Duration.ofSeconds(15);

    @Test
    void when_one_of_two_machines_fails_the_other_leads_and_loses_no_request_of_its_own() {
        try (EcbServer ecb = new EcbServer(EcbDay.published());
                ClusterUnderTest cluster = new ClusterUnderTest("side-by-side", Feeds.served(ecb))
                        .with("balancer.scaler.enabled", "true")
                        .with("balancer.scaler.dry-run", "true")) {
            Jvm rates = cluster.rates();
            Jvm balancer = cluster.balancer();
            cluster.awaitReady(rates);
            Jvm converter = cluster.converter();
            Jvm otherRates = cluster.rates();
            AddedBalancer other = cluster.balancerBeside();
            Jvm otherConverter = cluster.converter();
            for (Jvm later : List.of(converter, otherRates, other.jvm(), otherConverter)) {
                cluster.awaitReady(later);
            }
            await("the other balancer has both converters")
                    .atMost(TAKEOVER)
                    .until(() -> other.stats().converterServes(converter.id())
                            && other.stats().converterServes(otherConverter.id()));

            await("everybody knows who leads").atMost(TAKEOVER).untilAsserted(() -> {
                for (ApiClient api : List.of(cluster.api(), other.api())) {
                    assertThat(leader(api)).isEqualTo(rates.id());
                }
                for (StatsPort stats : List.of(cluster.stats(), other.stats())) {
                    assertThat(scaler(stats)).isEqualTo(balancer.id());
                }
            });

            try (SteadyLoad load =
                    SteadyLoad.start(other.api().uri(""), EcbDay.published().rate("USD"))) {
                load.awaitMore(500);
                Jvm.killAll(List.of(rates, balancer, converter));
                long killedNanos = System.nanoTime();
                await("the other balancer leads")
                        .atMost(TAKEOVER)
                        .until(() -> scaler(other.stats()).equals(other.jvm().id()));
                await("the other rates node leads")
                        .atMost(TAKEOVER)
                        .until(() -> leader(other.api()).equals(otherRates.id()));
                Measured.note(
                        "one of two machines fails: the other leads after",
                        Duration.ofNanos(System.nanoTime() - killedNanos));
                LoadReport report = load.awaitMore(500).stop();

                Measured.note("one of two machines fails: requests to the other", report.toString());
                assertThat(report.failures()).isEmpty();
                assertThat(report.responsesByNode()).containsOnlyKeys(converter.id(), otherConverter.id());
            }

            Jvm again = cluster.again(balancer);
            cluster.awaitReady(again);
            assertThat(cluster.api()
                            .get("/api/v1/convert?from=EUR&to=USD&amount=100")
                            .statusCode())
                    .isEqualTo(200);
            await("the younger balancer follows")
                    .atMost(TAKEOVER)
                    .until(() -> scaler(cluster.stats()).equals(other.jvm().id()));
        }
    }

    private static String leader(ApiClient api) {
        return String.valueOf(new JsonObject(api.get("/api/v1/status").body()).getString("leader"));
    }

    /** The balancer that decides on the number of converters. */
    private static String scaler(StatsPort stats) {
        return String.valueOf(stats.scaler().getString("acting"));
    }
}
