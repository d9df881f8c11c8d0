package io.ratemesh.balancer.upstream.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.loadbalance.DnsStatus;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.settings.DnsSettings;
import io.ratemesh.node.settings.DnsSettings.Family;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When DNS is asked and what becomes of the pool; the time is the test's. */
class DnsDiscoveryTest {

    private static final Duration MIN = Duration.ofMillis(100);

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = new Pool(PoolFixture.withDns(settings("web.example", 3)), System::nanoTime);
    private final AtomicInteger lookups = new AtomicInteger();
    private volatile Future<FoundServers> result = Future.failedFuture("no such name");
    private final DnsDiscovery discovery = new DnsDiscovery(vertx.getOrCreateContext(), pool, dns -> {
        lookups.incrementAndGet();
        return result;
    });

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"7000, 7000", "0, 100", "1000000, 60000"})
    void the_name_is_resolved_again_when_its_time_to_live_is_over_within_bounds(int millisToLive, int again) {
        result = found(Duration.ofMillis(millisToLive), "10.0.0.1");
        look(0);
        soon().until(() -> status().resolutions() == 1);

        look(again - 1);
        assertThat(lookups).hasValue(1);
        look(again);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void servers_that_stay_keep_their_state_and_others_join_and_leave() {
        resolve(0, found(MIN, "10.0.0.1", "10.0.0.2"));
        Upstream first = pool.find("10.0.0.1:80").orElseThrow();

        resolve(100, found(MIN, "10.0.0.1", "10.0.0.3"));

        assertThat(ids()).containsExactly("10.0.0.1:80", "10.0.0.3:80");
        assertThat(pool.find("10.0.0.1:80")).containsSame(first);
    }

    @Test
    void a_failed_lookup_keeps_the_servers_and_is_repeated_after_longer_and_longer_times() {
        resolve(0, found(MIN, "10.0.0.1"));

        result = Future.failedFuture("server failure");
        look(100);
        soon().until(() -> status().failures() == 1);
        assertThat(ids()).containsExactly("10.0.0.1:80");
        assertThat(status().error()).isEqualTo("server failure");
        look(199);
        assertThat(lookups).hasValue(2);
        look(200);
        soon().until(() -> status().failures() == 2);
        look(399);
        assertThat(lookups).hasValue(3);

        resolve(400, found(MIN, "10.0.0.2"));
        assertThat(ids()).containsExactly("10.0.0.2:80");
        assertThat(status().error()).isEmpty();
    }

    @Test
    void a_response_without_servers_is_a_failure() {
        resolve(0, found(MIN, "10.0.0.1"));

        result = found(MIN);
        look(100);

        soon().until(() -> status().error().equals("the records name no server"));
        assertThat(ids()).containsExactly("10.0.0.1:80");
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 60, 1", "2, 5, 60, 2", "4, 5, 60, 8", "7, 5, 60, 60", "1000, 5, 60, 60", "1, 1, 1, 1"})
    void retries_back_off_up_to_the_longest_interval(int failures, int min, int max, int seconds) {
        assertThat(DnsDiscovery.retryAfter(failures, Duration.ofSeconds(min), Duration.ofSeconds(max)))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void no_more_servers_than_the_limit_are_used() {
        resolve(0, found(MIN, "10.0.0.4", "10.0.0.5"));

        resolve(100, found(MIN, "10.0.0.1", "10.0.0.2", "10.0.0.4", "10.0.0.5"));

        assertThat(ids()).containsExactly("10.0.0.1:80", "10.0.0.4:80", "10.0.0.5:80");
    }

    @Test
    void another_name_replaces_the_servers_once_it_resolves_and_the_old_lookup_counts_no_more() {
        resolve(0, found(MIN, "10.0.0.1"));
        Promise<FoundServers> late = Promise.promise();
        result = late.future();
        look(100);

        pool.reconfigure(PoolFixture.withDns(settings("other.example", 3)));
        result = found(MIN, "10.0.0.9");
        look(101);
        soon().until(() -> status().resolutions() == 2);
        late.complete(found(MIN, "10.0.0.1").result());
        resolve(201, found(MIN, "10.0.0.9"));

        assertThat(ids()).containsExactly("10.0.0.9:80");
        assertThat(status().name()).isEqualTo("other.example");
    }

    @Test
    void a_reload_may_change_between_a_list_and_dns_and_keeps_servers_meanwhile() {
        pool.reconfigure(PoolFixture.listing("10.0.0.1"));
        pool.reconfigure(PoolFixture.withDns(settings("web.example", 3)));
        look(0);
        soon().until(() -> status().failures() == 1);
        assertThat(ids()).containsExactly("10.0.0.1:80");

        resolve(100, found(MIN, "10.0.0.2"));
        assertThat(ids()).containsExactly("10.0.0.2:80");

        pool.reconfigure(PoolFixture.listing("10.0.0.3"));
        look(200);
        assertThat(ids()).containsExactly("10.0.0.3:80");
        assertThat(pool.snapshot().dns()).isEmpty();
    }

    private void resolve(int millis, Future<FoundServers> next) {
        long before = pool.snapshot().dns().map(DnsStatus::resolutions).orElse(0L);
        result = next;
        look(millis);
        soon().until(() -> status().resolutions() == before + 1);
    }

    private void look(int millis) {
        discovery.tick(Duration.ofMillis(millis).toNanos());
    }

    private DnsStatus status() {
        return pool.snapshot().dns().orElseThrow();
    }

    private List<String> ids() {
        return pool.upstreams().stream().map(Upstream::id).toList();
    }

    private static DnsSettings settings(String name, int maxServers) {
        return new DnsSettings(name, false, 80, Family.AUTO, List.of(), maxServers);
    }

    private static Future<FoundServers> found(Duration timeToLive, String... addresses) {
        return Future.succeededFuture(new FoundServers(
                Stream.of(addresses)
                        .map(address -> new ServerSettings(address, 80, 1, false))
                        .toList(),
                timeToLive));
    }

    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(5));
    }
}
