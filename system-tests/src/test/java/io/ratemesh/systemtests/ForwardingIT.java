package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.http.RawHttp;
import io.ratemesh.systemtests.node.EchoNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the balancer forwards and what it removes, seen by an upstream that returns the request. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ForwardingIT {

    private static final ClusterUnderTest CLUSTER = new ClusterUnderTest("forwarding", Feeds.simulated());

    @BeforeAll
    static void start() {
        CLUSTER.balancer();
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    @Test
    void hop_by_hop_fields_are_removed_and_the_others_are_forwarded() {
        try (EchoNode echo = serving()) {
            String response = RawHttp.exchange(
                    CLUSTER.uri(),
                    "GET /api/echo?a=1 HTTP/1.1",
                    "Host: rates.example",
                    "Connection: close",
                    "Connection: X-Of-My-Hop",
                    "X-Of-My-Hop: 1",
                    "Keep-Alive: timeout=5",
                    "Proxy-Connection: keep-alive",
                    "TE: trailers",
                    "X-End-To-End: 1",
                    "X-Forwarded-For: 203.0.113.9",
                    "X-Request-Id: from-a-client-1");
            JsonObject seen = new JsonObject(response.substring(response.indexOf('{'), response.lastIndexOf('}') + 1));
            JsonObject headers = seen.getJsonObject("headers");

            assertThat(response).startsWith("HTTP/1.1 200 ");
            assertThat(echo.id()).isEqualTo("echo");
            assertThat(seen.getString("uri")).isEqualTo("/api/echo?a=1");
            assertThat(headers.fieldNames())
                    .doesNotContain("x-of-my-hop", "keep-alive", "proxy-connection", "te")
                    .contains("x-end-to-end", "via", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port");
            assertThat(headers.getJsonArray("x-forwarded-for"))
                    .as("a client's own is dropped")
                    .isEqualTo(JsonArray.of("127.0.0.1"));
            assertThat(headers.getJsonArray("x-request-id")).isEqualTo(JsonArray.of("from-a-client-1"));
            assertThat(response.toLowerCase(Locale.ROOT))
                    .doesNotContain("x-of-this-hop", "keep-alive: timeout=7")
                    .contains("x-end-to-end: 1");
        }
    }

    private static EchoNode serving() {
        EchoNode echo = EchoNode.join(CLUSTER.settingsOf("echo"));
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> CLUSTER.stats().converterServes(echo.id()));
        return echo;
    }
}
