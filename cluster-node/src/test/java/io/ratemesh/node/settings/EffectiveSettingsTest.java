package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffectiveSettingsTest {

    private static final List<String> ALL = List.of("node", "log", "cluster", "rates", "converter", "balancer");

    /** With what makes every part of the settings there. */
    private static final List<String> ALL_PARTS = List.of(
            "balancer.pools.web={servers: [\"a:1 weight=2\", \"b:2 backup\"], check: {path: /up}}",
            "balancer.pools.bare={servers: [\"a:1\"], check: {type: none}}",
            "balancer.pools.found={dns: {name: shop.internal, port: 80, resolver: \"[::1]:5353\"}, check: {agent: {port: 9}}}",
            "balancer.pools.services={dns: {srv: _http._tcp.shop.internal, max-servers: 5}}",
            "balancer.tls={cert: site.pem, key: site.key, hsts: 24h}",
            "balancer.h2c.port=8081",
            "balancer.tcp=[{port: 5432, servers: [\"a:1\"], check: {interval: 1s}}, {port: 25, servers:"
                    + " [\"[::1]:25\"]}]",
            "balancer.routes=[{path: /, pool: web, cache: {max-size: 128KiB}}, {path: /a, pool: web}]",
            "balancer.event-loops=3",
            "balancer.trusted-proxies=[\"10.0.0.0/8\"]",
            "balancer.access-log={to: stdout, format: json}",
            "rates.feeds=[{name: ecb, poll: 5m}, {name: fixer, key-file: key}]",
            "cluster.bind=::1");

    private final Path folder;

    EffectiveSettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_printed_settings_of_an_example_are_read_as_the_same(Path example) throws IOException {
        assertReadAsTheSame(Settings.inspect(Optional.of(example), List.of(), Map.of()));
    }

    @Test
    void the_printed_settings_are_read_as_the_same_with_all_parts_and_with_none() throws IOException {
        assertReadAsTheSame(inspect(ALL_PARTS));
        assertReadAsTheSame(inspect(List.of()));
        assertReadAsTheSame(inspect(List.of("cluster.enabled=false")));
    }

    @Test
    void a_value_has_its_source_beside_it_and_a_default_has_none() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), "balancer: {http: {bind: 127.0.0.1}}");
        EffectiveSettings effective = Settings.inspect(
                Optional.of(file),
                List.of("balancer.http.port=9090"),
                Map.of(
                        "RATEMESH_BALANCER_STATS_USER",
                        "ops",
                        "RATEMESH_BALANCER_POOLS",
                        "{web: {servers: [\"a:1\"]}}"));

        assertThat(effective.faults()).isEmpty();
        assertThat(effective.yaml(List.of("balancer")).lines().map(String::strip))
                .contains(
                        "bind: 127.0.0.1  # file " + file,
                        "port: 9090  # --set",
                        "user: ops  # environment RATEMESH_BALANCER_STATS_USER",
                        "servers: ['a:1']  # environment RATEMESH_BALANCER_POOLS",
                        "port: 8404",
                        "event-loops: auto",
                        "- {path: /api/, pool: converters}");
    }

    @Test
    void only_the_sections_that_were_asked_for_are_printed() {
        assertThat(inspect(List.of()).yaml(List.of("log", "converter")).lines().filter(line -> !line.startsWith(" ")))
                .containsExactly("log:", "converter:");
    }

    @Test
    void secrets_and_credentials_of_URLs_are_not_printed() {
        EffectiveSettings effective = Settings.inspect(
                Optional.empty(),
                List.of(
                        "rates.feeds=[{name: ecb, url: \"https://me:pass-word@example.org/a?access=query-key\"}]",
                        "cluster.secret-file=secret",
                        "rates.data-dir=/data"),
                Map.of(
                        "RATEMESH_BALANCER_STATS_PASSWORD", "hunter2-and-more",
                        "RATEMESH_CLUSTER_SECRET", "0123456789abcdef0123",
                        "RATEMESH_RATES_FEEDS_ECB_KEY", "feed-key-of-ours"));

        assertThat(effective.faults()).isEmpty();
        assertThat(effective.yaml(ALL))
                .doesNotContain("hunter2", "0123456789abcdef", "feed-key", "pass-word", "query-key")
                .contains("example.org", "secret-file: secret  # --set");
    }

    @Test
    void all_faults_are_there_and_the_settings_too() {
        EffectiveSettings effective = inspect(List.of("balancer.http.port=x", "a=1", "log.level=loud"));

        assertThat(effective.faults())
                .hasSize(3)
                .anySatisfy(fault -> assertThat(fault).startsWith("balancer.http.port: \"x\" is not a valid port"))
                .anySatisfy(fault -> assertThat(fault).startsWith("log.level: \"loud\""))
                .anySatisfy(fault -> assertThat(fault).startsWith("a: unknown key"));
        assertThat(effective.settings().balancer().http().listen().port()).isEqualTo(8080);
    }

    static Stream<Path> examples() throws IOException {
        return ExampleSetupsTest.files();
    }

    private void assertReadAsTheSame(EffectiveSettings effective) throws IOException {
        assertThat(effective.faults()).isEmpty();
        Path file = Files.writeString(folder.resolve("effective.yaml"), effective.yaml(ALL));

        assertThat(Settings.load(Optional.of(file), List.of(), Map.of()))
                .as(Files.readString(file))
                .isEqualTo(effective.settings());
    }

    private static EffectiveSettings inspect(List<String> sets) {
        return Settings.inspect(Optional.empty(), sets, Map.of());
    }
}
