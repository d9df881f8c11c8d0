package io.ratemesh.balancer.upstream.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.resolve.NameResolver.Resolved;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When names are resolved; the time is the test's. */
class NameLookupsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = PoolFixture.plain("web");
    private final AtomicInteger resolutions = new AtomicInteger();
    private volatile Future<Resolved> result = Future.failedFuture("no such name");
    private final NameLookups lookups = new NameLookups(vertx.getOrCreateContext(), pool, name -> {
        resolutions.incrementAndGet();
        return result;
    });

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 5", "1, 5", "3600, 60"})
    void a_name_is_resolved_again_when_its_time_to_live_is_over_within_bounds(int timeToLive, int again) {
        Upstream upstream = pool.add("a", new ServerSettings("web.example", 80, 1, false));
        result = resolved(timeToLive, "10.0.0.1");
        look(0);
        await().until(() -> upstream.addresses().isLookupDone());

        look(again - 1);
        assertThat(resolutions).hasValue(1);
        look(again);
        assertThat(resolutions).hasValue(2);
    }

    @Test
    void a_failed_lookup_keeps_the_addresses_and_is_repeated_soon() {
        Upstream upstream = pool.add("a", new ServerSettings("web.example", 80, 1, false));
        result = resolved(7, "10.0.0.1");
        look(0);
        await().until(() -> upstream.addresses().isLookupDone());

        result = Future.failedFuture("server failure");
        look(7);
        await().until(() -> upstream.addresses().resolveError().equals("server failure"));
        assertThat(upstream.addresses().current()).isEqualTo(address("10.0.0.1"));

        result = resolved(7, "10.0.0.2");
        look(12);
        await().until(() -> upstream.addresses().resolveError().isEmpty());
        assertThat(upstream.addresses().current()).isEqualTo(address("10.0.0.2"));
    }

    @Test
    void an_address_is_not_resolved() {
        Upstream upstream = pool.add("a", new ServerSettings("::1", 80, 1, false));

        look(0);

        assertThat(resolutions).hasValue(0);
        assertThat(upstream.addresses().current()).isEqualTo(address("::1"));
    }

    @Test
    void the_current_address_stays_while_the_name_has_it() {
        Upstream upstream = pool.add("a", new ServerSettings("web.example", 80, 1, false));
        upstream.setAddresses(
                Stream.of("10.0.0.1", "10.0.0.2").map(NameLookupsTest::address).toList());
        assertThat(upstream.addresses().failOver(address("10.0.0.1"))).isEqualTo(address("10.0.0.2"));

        upstream.setAddresses(
                Stream.of("10.0.0.3", "10.0.0.2").map(NameLookupsTest::address).toList());
        assertThat(upstream.addresses().current()).isEqualTo(address("10.0.0.2"));

        upstream.setAddresses(
                Stream.of("10.0.0.4", "10.0.0.5").map(NameLookupsTest::address).toList());
        assertThat(upstream.addresses().current()).isEqualTo(address("10.0.0.4"));
        assertThat(upstream.addresses().failOver(address("10.0.0.2")))
                .as("another loop's failure is old")
                .isEqualTo(address("10.0.0.4"));
    }

    private void look(int seconds) {
        lookups.tick(Duration.ofSeconds(seconds).toNanos());
    }

    private static Future<Resolved> resolved(int timeToLive, String address) {
        return Future.succeededFuture(
                new Resolved(java.util.List.of(address(address)), Duration.ofSeconds(timeToLive)));
    }

    private static InetAddress address(String written) {
        return Objects.requireNonNull(IpAddresses.parse(written));
    }
}
