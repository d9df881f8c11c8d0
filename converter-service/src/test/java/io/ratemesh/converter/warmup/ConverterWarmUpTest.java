package io.ratemesh.converter.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.RawConnection;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.converter.book.FeedStatus;
import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.node.NodeState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConverterWarmUpTest {

    @Test
    void it_is_ready_after_the_warm_up_of_which_no_counter_and_no_response_shows_anything() {
        try (TestConverter converter = TestConverter.start("node.warm-up=200ms")) {
            assertThat(converter.node().announcer().current().state()).isEqualTo(NodeState.STARTING);
            assertThat(converter.get("/api/v1/rates").statusCode()).isEqualTo(503);

            converter.publish(TestBooks.example());

            assertThat(converter.node().announcer().current().state()).isEqualTo(NodeState.READY);
            String metrics = converter.node().meters().scrape();
            assertThat(converter.node().meters().get("ratemesh.warm.up").gauge().value())
                    .isPositive();
            assertThat(count(metrics, "endpoint=\"\\w+\",outcome=\"\\w+\""))
                    .as("the request for the table")
                    .isEqualTo(1);
            assertThat(metrics)
                    .contains("ratemesh_converter_connections 1.0", "ratemesh_converter_updates_delivered_total 0.0");
            assertThat(converter.get("/api/v1/rates").body()).doesNotContain("warm-up", "ZAR");
        }
    }

    @Test
    void every_request_of_a_round_has_its_response_and_nobody_else_is_served() {
        try (TestConverter converter = TestConverter.start()) {
            Vertx vertx = converter.node().vertx();
            ConverterWarmUp path = new ConverterWarmUp(converter.node(), new CurrentHistory(), new FeedStatus(vertx));
            Promise<ConverterRequests> opened = Promise.promise();
            String id = TestConverter.awaited(vertx.deployVerticle(new VerticleBase() {
                @Override
                public Future<?> start() {
                    return path.open(vertx).onSuccess(opened::complete);
                }
            }));
            ConverterRequests client = opened.future().result();
            int sent = TestConverter.awaited(vertx.executeBlocking(() -> client.send() + client.send()));

            String metrics = path.meters().scrape();
            assertThat(count(metrics, "endpoint=\"\\w+\",outcome=\"\\w+\"")).isEqualTo(sent);
            assertThat(count(metrics, "endpoint=\"convert\",outcome=\"ok\"")).isGreaterThan(0.5 * sent);
            assertThat(count(metrics, "endpoint=\"convert\",outcome=\"rejected\""))
                    .isPositive();
            assertThat(List.of("batch", "rates", "pair", "stream"))
                    .allSatisfy(endpoint -> assertThat(count(metrics, "endpoint=\"" + endpoint + "\",outcome=\"ok\""))
                            .isPositive());
            assertThat(count(metrics, "endpoint=\"\\w+\",outcome=\"failed\"")).isZero();
            try (RawConnection other = RawConnection.to(client.port())) {
                other.send("GET /api/v1/convert?from=EUR&to=USD&amount=1 HTTP/1.1\nHost: test\n\n");
                assertThat(other.readUntil("end")).isEmpty();
            }
            TestConverter.awaited(vertx.undeploy(id));
        }
    }

    private static double count(String metrics, String tags) {
        return Pattern.compile("(?m)^ratemesh_converter_request_duration_seconds_count\\{" + tags + "} (\\S+)$")
                .matcher(metrics)
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .sum();
    }
}
