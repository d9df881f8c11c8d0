package io.ratemesh.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.stats.HttpListenerStats;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpListenersTest {

    @Test
    void a_request_came_by_the_address_for_how_it_was_spoken() {
        HttpListeners all = addresses("balancer.tls.cert=c", "balancer.tls.key=k", "balancer.h2c.port=0");

        assertThat(all.of(request(false, HttpVersion.HTTP_1_1)).name()).isEqualTo("front-door");
        assertThat(all.of(request(false, HttpVersion.HTTP_1_0)).name()).isEqualTo("front-door");
        assertThat(all.of(request(true, HttpVersion.HTTP_1_1)).name()).isEqualTo("front-door-tls");
        assertThat(all.of(request(true, HttpVersion.HTTP_2)).name()).isEqualTo("front-door-tls");
        assertThat(all.of(request(false, HttpVersion.HTTP_2)).name()).isEqualTo("front-door-h2c");
        assertThat(all.of(request(true, HttpVersion.HTTP_2)).encrypted()).isTrue();
        assertThat(all.of(request(false, HttpVersion.HTTP_2)).encrypted()).isFalse();
    }

    @Test
    void where_there_is_one_address_a_request_is_asked_nothing() {
        HttpServerRequest silent = (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerRequest.class}, (self, method, arguments) -> {
                    throw new AssertionError(method.getName());
                });

        assertThat(addresses().of(silent).name()).isEqualTo("front-door");
    }

    @Test
    void statistics_have_a_row_for_each_that_is_set_and_by_the_same_names() {
        assertThat(rows(addresses())).containsExactly("front-door");
        assertThat(rows(addresses("balancer.tls.cert=c", "balancer.tls.key=k")))
                .containsExactly("front-door", "front-door-tls");
        assertThat(rows(addresses("balancer.tls.cert=c", "balancer.tls.key=k", "balancer.h2c.port=0")))
                .containsExactly("front-door", "front-door-tls", "front-door-h2c");
    }

    private static List<String> rows(HttpListeners addresses) {
        return addresses.listeners(() -> 1).stream()
                .map(HttpListenerStats::name)
                .toList();
    }

    private static HttpListeners addresses(String... sets) {
        return new HttpListeners(
                Settings.load(Optional.empty(), List.of(sets), Map.of()).balancer(), List.of());
    }

    private static HttpServerRequest request(boolean encrypted, HttpVersion version) {
        return (HttpServerRequest) Proxy.newProxyInstance(
                HttpListenersTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "isSSL" -> encrypted;
                    case "version" -> version;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
