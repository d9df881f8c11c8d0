package io.ratemesh.balancer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.loadbalance.DnsStatus;
import io.ratemesh.balancer.stats.Warning;
import io.ratemesh.balancer.stats.Warning.Severity;
import io.ratemesh.balancer.stats.Warnings;
import io.ratemesh.balancer.stats.json.CertificateJson;
import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Load;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {

    private static final Instant NOW = StatsFixture.NOW;

    private final StatsFixture fixture = new StatsFixture();
    private final Upstream server = fixture.up("converter-1");
    private final JsonArray certificates = new JsonArray();
    private JsonObject feeds =
            new JsonObject().putNull("ratesLeader").putNull("feedsReportedAt").put("feeds", new JsonArray());
    private Collection<Announcement> nodes = List.of();

    @Test
    void nothing_is_reported_when_all_is_well() {
        report(feed().put("lastSuccess", NOW.minusSeconds(30).toString()));
        certificates.add(CertificateJson.of("front-door-tls", Path.of("site.pem"), NOW.plus(Duration.ofDays(60))));
        nodes = List.of(node("rates-1", "1.0"), node("balancer-1", "1.0"));

        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_pool_without_an_available_server_is_critical() {
        server.setAdminState(AdminState.MAINTENANCE);

        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(warning.code()).isEqualTo("pool-unavailable");
            assertThat(warning.detail()).contains("servers", "no available server of 1");
        });
    }

    @Test
    void a_pool_whose_name_does_not_resolve_is_a_warning() {
        fixture.converters.setDnsStatus(
                Optional.of(new DnsStatus("shop.internal", 3, 1, Optional.of(NOW), "server failure")));

        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.severity()).isEqualTo(Severity.WARNING);
            assertThat(warning.code()).isEqualTo("dns-failing");
            assertThat(warning.detail()).isEqualTo("The servers of pool servers cannot be resolved: server failure.");
        });
    }

    @Test
    void a_pool_in_panic_mode_is_critical() {
        for (int i = 2; i <= 5; i++) {
            Upstream failing = fixture.up("converter-" + i);
            for (int check = 0; check < 5; check++) {
                failing.checkCompleted(StatsFixture.failed());
            }
        }
        assertThat(codes()).containsExactly("pool-panic");
    }

    @ParameterizedTest
    @CsvSource({"P13D, certificate-expires, WARNING", "-PT1S, certificate-expired, CRITICAL"})
    void a_certificate_near_its_end_is_reported(Duration left, String code, Severity severity) {
        certificates.add(CertificateJson.of("front-door-tls", Path.of("site.pem"), NOW.plus(left)));

        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(code);
            assertThat(warning.severity()).isEqualTo(severity);
            assertThat(warning.detail()).contains("site.pem");
        });
    }

    @Test
    void a_feed_that_keeps_failing_is_reported_with_its_error() {
        report(feed().put("circuit", "open")
                .put("lastSuccess", NOW.minusSeconds(60).toString())
                .put("lastError", "status 503"));

        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("feed-failing");
            assertThat(warning.detail()).contains("ecb", "status 503");
        });
    }

    @Test
    void a_feed_without_rates_for_too_long_or_ever_is_reported() {
        report(feed().put("lastSuccess", NOW.minus(Duration.ofHours(27)).toString()));
        assertThat(codes()).containsExactly("feed-stale");
        report(feed().putNull("lastSuccess").put("lastError", "timed out"));
        assertThat(codes()).containsExactly("feed-failing");
        report(feed().putNull("lastSuccess"));
        assertThat(codes()).as("not polled yet").isEmpty();
    }

    @Test
    void a_rates_node_that_no_longer_reports_is_missed() {
        report(feed().put("circuit", "open"));
        feeds.put("feedsReportedAt", NOW.minusSeconds(30).toString());

        assertThat(codes()).containsExactly("feeds-unreported");
    }

    @Test
    void different_builds_are_reported_with_their_nodes() {
        nodes = List.of(node("rates-1", "1.0"), node("balancer-1", "1.1"));

        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("mixed-builds");
            assertThat(warning.detail()).contains("1.0 (rates-1)", "1.1 (balancer-1)");
        });
    }

    @Test
    void critical_ones_come_first() {
        nodes = List.of(node("rates-1", "1.0"), node("balancer-1", "1.1"));
        certificates.add(CertificateJson.of("front-door-tls", Path.of("site.pem"), NOW.plusSeconds(60)));
        certificates.add(CertificateJson.of("cluster", Path.of("node.pem"), NOW.minusSeconds(60)));

        assertThat(codes()).containsExactly("certificate-expired", "certificate-expires", "mixed-builds");
    }

    private List<String> codes() {
        return warnings().stream().map(Warning::code).toList();
    }

    private List<Warning> warnings() {
        return Warnings.of(fixture.stats.snapshot(), nodes, certificates, feeds, Duration.ofHours(26));
    }

    private void report(JsonObject feed) {
        feeds = new JsonObject()
                .put("ratesLeader", "rates-1")
                .put("feedsReportedAt", NOW.minusSeconds(2).toString())
                .put("feeds", new JsonArray().add(feed));
    }

    private static JsonObject feed() {
        return new JsonObject().put("name", "ecb").put("circuit", "closed").putNull("lastError");
    }

    private static Announcement node(String id, String build) {
        return new Announcement(
                id, "member", NodeRole.RATES, "127.0.0.1", 1, NodeState.READY, 0, Load.NONE, build, NOW);
    }
}
