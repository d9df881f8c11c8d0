package io.ratemesh.balancer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ratemesh.balancer.cache.CacheResult;
import io.ratemesh.balancer.cache.CacheSnapshot;
import io.ratemesh.balancer.loadbalance.DnsStatus;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.stats.json.CertificateJson;
import io.ratemesh.balancer.stats.metrics.CacheMetrics;
import io.ratemesh.balancer.stats.metrics.StatsMetrics;
import io.ratemesh.balancer.tcp.TcpTotals;
import io.ratemesh.balancer.upstream.AgentReport;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsMetricsTest {

    private final StatsFixture fixture = new StatsFixture();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final JsonArray certificates = new JsonArray();

    StatsMetricsTest() {
        meters.getPrometheusRegistry().register(new StatsMetrics(fixture.stats, () -> 5, () -> certificates));
    }

    @Test
    void counters_have_the_type_counter_and_labels_for_pool_and_server() {
        Upstream server = fixture.up("converter-1");
        UpstreamOnLoop one = StatsFixture.on(fixture.loopOne, server);
        one.begin();
        one.responseStarted(200);
        fixture.countsTwo.requestReceived();

        assertThat(meters.scrape())
                .contains("# TYPE ratemesh_listener_requests_total counter")
                .contains("ratemesh_listener_requests_total{listener=\"front-door\"} 1.0")
                .contains("ratemesh_upstream_requests_total{pool=\"servers\",server=\"converter-1\"} 1.0")
                .contains("ratemesh_upstream_responses_total{code=\"2xx\",pool=\"servers\",server=\"converter-1\"} 1.0")
                .contains("ratemesh_upstream_requests_in_flight{pool=\"servers\",server=\"converter-1\"} 1.0")
                .contains("ratemesh_upstream_up{pool=\"web\",server=\"127.0.0.1:9201\"} 1.0")
                .contains("ratemesh_upstream_slow_start_ratio{pool=\"web\",server=\"127.0.0.1:9201\"} 1.0")
                .contains("ratemesh_balancer_access_log_dropped_total 5.0");
    }

    @Test
    void caches_have_a_label_for_their_route_and_without_one_there_is_no_metric() {
        List<CacheSnapshot> caches = new ArrayList<>();
        meters.getPrometheusRegistry().register(new CacheMetrics(() -> caches));
        assertThat(meters.scrape()).doesNotContain("ratemesh_cache");

        caches.add(new CacheSnapshot("/items/", Map.of(CacheResult.HIT, 7L), 3, 2, 4096, 1));

        assertThat(meters.scrape())
                .contains("ratemesh_cache_requests_total{result=\"hit\",route=\"/items/\"} 7.0")
                .contains("ratemesh_cache_evictions_total{route=\"/items/\"} 3.0")
                .contains("ratemesh_cache_entries{route=\"/items/\"} 2.0")
                .contains("ratemesh_cache_bytes{route=\"/items/\"} 4096.0")
                .contains("ratemesh_cache_waiting_requests{route=\"/items/\"} 1.0");
    }

    @Test
    void lookups_and_agents_have_metrics_where_there_are_any() {
        Upstream server = fixture.up("converter-1");
        assertThat(meters.scrape())
                .doesNotContain("ratemesh_pool_dns_resolutions_total{", "ratemesh_upstream_agent_weight_ratio{");

        fixture.converters.setDnsStatus(Optional.of(new DnsStatus("shop.internal", 3, 1, Optional.empty(), "")));
        fixture.converters.reconfigure(PoolFixture.withAgent(9999));
        server.agentReported(StatsFixture.passed(), AgentReport.parse("75%"));

        assertThat(meters.scrape())
                .contains("ratemesh_pool_dns_resolutions_total{pool=\"servers\"} 3.0")
                .contains("ratemesh_pool_dns_failures_total{pool=\"servers\"} 1.0")
                .contains("ratemesh_upstream_agent_weight_ratio{pool=\"servers\",server=\"converter-1\"} 0.75")
                .doesNotContain("ratemesh_pool_dns_failures_total{pool=\"web\"");
    }

    @Test
    void tcp_ports_have_connections_and_no_responses() {
        fixture.traffic = new TcpTotals(40, 5, 1, 2, 3, 4, 6, 8, 1000, 2000);
        fixture.dbLoop.tick();
        StatsFixture.on(fixture.dbLoop, fixture.db.upstreams().get(0)).recordLatency(3_000_000);
        fixture.countsOne.connectionRefused();

        assertThat(meters.scrape())
                .contains("ratemesh_listener_connections_total{listener=\"db\"} 40.0")
                .contains("ratemesh_listener_connections_open{listener=\"db\"} 5.0")
                .contains("ratemesh_listener_connections_limit{listener=\"db\"} 500.0")
                .contains("ratemesh_listener_connections_refused_total{listener=\"db\"} 3.0")
                .contains("ratemesh_listener_connections_refused_total{listener=\"front-door\"} 1.0")
                .contains("ratemesh_listener_received_bytes_total{listener=\"db\"} 1000.0")
                .contains("ratemesh_listener_sent_bytes_total{listener=\"db\"} 2000.0")
                .contains("ratemesh_tcp_invalid_proxy_headers_total{listener=\"db\"} 1.0")
                .contains("ratemesh_tcp_client_limit_exceeded_total{listener=\"db\"} 2.0")
                .contains("ratemesh_tcp_no_server_available_total{listener=\"db\"} 3.0")
                .contains("ratemesh_tcp_client_aborts_total{listener=\"db\"} 4.0")
                .contains("ratemesh_tcp_idle_timeouts_total{listener=\"db\"} 6.0")
                .contains("ratemesh_tcp_drain_timeouts_total{listener=\"db\"} 8.0")
                .contains("ratemesh_upstream_connect_seconds_count{pool=\"db\",server=\"127.0.0.1:9201\"} 1")
                .doesNotContain("ratemesh_upstream_first_byte_seconds_count{pool=\"db\"")
                .doesNotContainPattern("ratemesh_upstream_responses_total\\{[^}]*pool=\"db\"")
                .doesNotContain("ratemesh_listener_requests_total{listener=\"db\"");
    }

    @Test
    void a_file_of_certificates_has_the_time_at_which_the_first_of_them_expires() {
        Path file = Path.of("clients.pem");
        certificates
                .add(CertificateJson.of("front-door-tls clients", file, Instant.ofEpochSecond(1_900_000_000)))
                .add(CertificateJson.of("front-door-tls clients", file, Instant.ofEpochSecond(1_800_000_000)));

        assertThat(meters.scrape())
                .contains("ratemesh_certificate_expiry_timestamp_seconds"
                        + "{file=\"clients.pem\",use=\"front-door-tls clients\"} 1.8E9");
    }

    @Test
    void a_removed_server_leaves_no_meter() {
        Upstream server = fixture.up("converter-1");
        assertThat(meters.scrape()).contains("server=\"converter-1\"");

        fixture.converters.remove(server);

        assertThat(meters.scrape()).doesNotContain("server=\"converter-1\"");
    }

    @Test
    void latencies_are_a_monotonic_histogram_of_all_loops() {
        Upstream server = fixture.up("converter-1");
        StatsFixture.on(fixture.loopOne, server).recordLatency(100_000);
        StatsFixture.on(fixture.loopTwo, server).recordLatency(3_000_000);
        String before = meters.scrape();
        for (int i = 0; i < 5; i++) {
            fixture.advance(Duration.ofSeconds(31));
            fixture.loopOne.tick();
            fixture.loopTwo.tick();
        }

        assertThat(before)
                .contains("# TYPE ratemesh_upstream_first_byte_seconds histogram")
                .contains("_seconds_bucket{pool=\"servers\",server=\"converter-1\",le=\"1.28E-4\"} 1")
                .contains("_seconds_bucket{pool=\"servers\",server=\"converter-1\",le=\"0.002048\"} 1")
                .contains("_seconds_bucket{pool=\"servers\",server=\"converter-1\",le=\"0.004096\"} 2")
                .contains("_seconds_bucket{pool=\"servers\",server=\"converter-1\",le=\"+Inf\"} 2")
                .contains("_seconds_count{pool=\"servers\",server=\"converter-1\"} 2");
        assertThat(meters.scrape()).contains("_seconds_count{pool=\"servers\",server=\"converter-1\"} 2");
    }
}
