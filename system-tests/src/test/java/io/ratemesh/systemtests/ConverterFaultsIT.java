package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.feed.EcbDay;
import io.ratemesh.systemtests.feed.EcbServer;
import io.ratemesh.systemtests.load.LoadReport;
import io.ratemesh.systemtests.load.SteadyLoad;
import io.ratemesh.systemtests.process.Jvm;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Converters are killed, stopped and started without a failed request. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConverterFaultsIT {

    /** About two seconds of the load. */
    private static final int A_WHILE = 2000;

    private static final EcbServer ECB = new EcbServer(EcbDay.published());
    private static final String RATE = EcbDay.published().rate("USD");
    private static final ClusterUnderTest CLUSTER = new ClusterUnderTest("faults", Feeds.served(ECB));

    @BeforeAll
    static void start() {
        CLUSTER.up(0);
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
        ECB.close();
    }

    @Test
    void a_converter_killed_under_load_costs_no_request() {
        Queue<Jvm> converters = new ArrayDeque<>(CLUSTER.freshConverters(3));
        try (SteadyLoad load = SteadyLoad.start(CLUSTER.uri(), RATE)) {
            load.awaitMore(A_WHILE);
            for (int kill = 0; kill < 3; kill++) {
                converters.remove().kill();
                load.awaitMore(A_WHILE);
                Jvm successor = CLUSTER.converter();
                CLUSTER.awaitServing(successor);
                converters.add(successor);
            }
            LoadReport report = load.awaitMore(A_WHILE).stop();

            Measured.note("kill -9 of a converter, three times", report.toString());
            assertThat(report.failures()).isEmpty();
            assertThat(report.responsesByNode()).hasSize(6);
        }
    }

    @Test
    void a_rolling_restart_under_load_costs_no_request() {
        List<Jvm> old = CLUSTER.freshConverters(3);
        try (SteadyLoad load = SteadyLoad.start(CLUSTER.uri(), RATE)) {
            load.awaitMore(A_WHILE);
            for (Jvm converter : old) {
                CLUSTER.awaitServing(CLUSTER.converter());
                assertThat(CLUSTER.terminate(converter))
                        .as("exit code after SIGTERM, 128 + 15")
                        .isEqualTo(143);
            }
            LoadReport report = load.awaitMore(A_WHILE).stop();

            Measured.note("rolling restart of three converters", report.toString());
            assertThat(report.failures()).isEmpty();
            assertThat(report.responsesByNode()).hasSize(6);
        }
    }

    @Test
    void without_any_converter_the_API_responds_503_and_the_page_is_served_until_one_is_back() {
        CLUSTER.freshConverters(1).forEach(Jvm::kill);
        await().atMost(Duration.ofSeconds(10)).until(() -> convert().statusCode() == 503);

        Problem.in(convert()).has(503, "none-available");
        assertThat(convert().headers().firstValue("Retry-After")).isPresent();
        assertThat(CLUSTER.api().get("/").statusCode()).isEqualTo(200);

        CLUSTER.converter();

        await().atMost(Duration.ofSeconds(30)).until(() -> convert().statusCode() == 200);
    }

    private static HttpResponse<String> convert() {
        return CLUSTER.api().get("/api/v1/convert?from=EUR&to=USD&amount=100");
    }
}
