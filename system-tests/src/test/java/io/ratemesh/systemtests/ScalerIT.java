package io.ratemesh.systemtests;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.cluster.LaunchedCluster;
import io.ratemesh.systemtests.cluster.StatsPort;
import io.ratemesh.systemtests.feed.EcbDay;
import io.ratemesh.systemtests.feed.EcbServer;
import io.ratemesh.systemtests.http.SseReader;
import io.ratemesh.systemtests.load.LoadReport;
import io.ratemesh.systemtests.load.SteadyLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A cluster that {@code ./ratemesh up} started, whose balancer starts and drains converters. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScalerIT {

    private static final EcbServer ECB = new EcbServer(EcbDay.published());
    private static final String RATE = EcbDay.published().rate("USD");

    /** With all of a processor as the target, only requests in flight count, however busy the machine is. */
    private static final LaunchedCluster CLUSTER = new LaunchedCluster(
            "scaler",
            Feeds.served(ECB),
            "limits: {body-time: 5m}",
            "scaler: {enabled: true, min: 2, max: 4, target-in-flight: 8, target-cpu: 100%, up-cooldown: 1s, down-cooldown: 3s}");

    private static final StatsPort STATS = CLUSTER.stats();

    @BeforeAll
    static void start() {
        CLUSTER.up();
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
        ECB.close();
    }

    @Test
    void orders_are_carried_out_under_load_without_a_failed_request() {
        order(STATS, "{\"converters\":2}");
        awaitConverters(STATS, 2);
        try (SteadyLoad load = SteadyLoad.start(CLUSTER.api().uri(""), RATE)) {
            assertThat(CLUSTER.run("scale", "3")).contains("converters: 2 -> 3");
            String third = newest(STATS);
            await("traffic").until(() -> STATS.converterServes(third));
            assertThat(CLUSTER.run("status"))
                    .containsPattern(third + " +converter +READY .* \\d+\\.\\d+\\S*\\R")
                    .doesNotContain("different builds");
            load.awaitMore(1000);

            assertThat(CLUSTER.run("scale", "2")).contains("converters: 3 -> 2");
            await("gone").until(() -> STATS.nodeState(third).isEmpty());
            assertThat(CLUSTER.run("status"))
                    .as("its end was expected")
                    .doesNotContainPattern(third + " +converter +DEAD");
            LoadReport report = load.awaitMore(1000).stop();

            Measured.note("scale 2 to 3 to 2 by order", report.toString());
            assertThat(report.failures()).isEmpty();
            assertThat(report.responsesByNode()).containsKey(third);
        }
    }

    @Test
    void an_order_outside_the_limits_is_rejected_and_changes_nothing() {
        order(STATS, "{\"converters\":2}");

        assertThat(STATS.post("/admin/scale", "{\"converters\":5}").statusCode())
                .isEqualTo(400);

        awaitConverters(STATS, 2);
        assertThat(STATS.scaler().getString("mode")).isEqualTo("manual");
    }

    @Test
    void load_scales_out_and_in_and_streams_are_no_load() {
        assertThat(CLUSTER.run("scale", "auto")).contains("the scaler decides from now on");
        awaitConverters(STATS, 2);
        List<SseReader> readers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            readers.add(SseReader.open(CLUSTER.api().uri("/api/v1/stream")));
        }
        List<Socket> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            requests.add(requestInFlight(CLUSTER.api().uri("")));
        }

        awaitConverters(STATS, 3);
        assertThat(STATS.scaler().getString("lastDecision"))
                .startsWith("2 to 3: 20 requests in flight (target 8 per converter)");

        requests.forEach(ScalerIT::close);
        awaitConverters(STATS, 2);
        assertThat(STATS.scaler().getString("lastDecision")).startsWith("3 to 2: 0 requests in flight");
        readers.forEach(SseReader::close);
    }

    @Test
    void when_the_acting_balancer_is_killed_another_goes_on_with_its_order_and_its_converters() {
        order(STATS, "{\"converters\":2}");
        awaitConverters(STATS, 2);
        String second = "balancer-by-hand";
        StatsPort stats = CLUSTER.addBalancer(second);
        await("the status of the first")
                .ignoreExceptions()
                .until(() -> acting(stats).equals("balancer-1"));

        CLUSTER.kill("balancer-1");

        await("take-over").until(() -> acting(stats).equals(second));
        assertThat(stats.scaler().getString("mode")).isEqualTo("manual");
        order(stats, "{\"converters\":3}");
        awaitConverters(stats, 3);
        String third = newest(stats);
        assertThat(CLUSTER.hasRecordOf(third)).as(third).isTrue();
        order(stats, "{\"converters\":2}");
        awaitConverters(stats, 2);
        await("gone").until(() -> stats.nodeState(third).isEmpty());
        // The other tests use its ports.
        CLUSTER.replaceBalancer("balancer-again");
        await("a balancer again").ignoreExceptions().until(() -> acting(STATS).equals(second));
    }

    private static void order(StatsPort stats, String body) {
        assertThat(stats.post("/admin/scale", body).body()).isEqualTo(body);
    }

    private static void awaitConverters(StatsPort stats, int count) {
        await(count + " converters")
                .until(() -> stats.scaler().getInteger("current") == count
                        && stats.scaler().getInteger("pending") == 0
                        && stats.scaler().getInteger("draining") == 0);
    }

    private static String acting(StatsPort stats) {
        String acting = stats.scaler().getString("acting");
        return acting == null ? "" : acting;
    }

    /** The converter with the highest number. */
    private static String newest(StatsPort stats) {
        return stats.nodes().stream()
                .map(node -> node.getString("id"))
                .filter(id -> id.startsWith("converter-"))
                .max(Comparator.comparingInt(id -> Integer.parseInt(id.substring(id.indexOf('-') + 1))))
                .orElseThrow();
    }

    /** A request whose body never ends, so that it stays in flight without using a processor. */
    private static Socket requestInFlight(URI uri) {
        try {
            Socket socket = new Socket(uri.getHost(), uri.getPort());
            socket.getOutputStream()
                    .write(("POST /api/v1/convert HTTP/1.1\r\nHost: " + uri.getAuthority()
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                            .getBytes(US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }
}
