package io.ratemesh.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatsClientTest {

    @Test
    void reads_the_nodes_and_ignores_what_it_does_not_know() {
        String body = "{\"build\":\"0.1.0\",\"pools\":[{\"name\":\"converters\",\"p99\":1.25e-3,\"x\":null}],"
                + "\"nodes\":[{\"id\":\"converter-1\",\"role\":\"converter\",\"state\":\"READY\",\"host\":\"127.0.0.1\","
                + "\"port\":38211,\"bookVersion\":1783346400000,\"inFlight\":3,\"cpu\":0.03,\"rssBytes\":140000000,"
                + "\"build\":\"1.0.0\",\"new\":[\"a\\u0020b\",true]},{\"role\":\"nobody\"}]}";

        assertThat(StatsClient.parse(body))
                .containsExactly(new NodeView(
                        "converter-1",
                        "converter",
                        "READY",
                        "127.0.0.1",
                        38211,
                        1783346400000L,
                        3,
                        0.03,
                        140000000L,
                        "1.0.0"));
    }

    @Test
    void invalid_JSON_has_no_nodes() {
        assertThat(StatsClient.parse("<html>")).isEmpty();
        assertThat(StatsClient.parse("{\"nodes\":[")).isEmpty();
        assertThat(StatsClient.parse("")).isEmpty();
    }
}
