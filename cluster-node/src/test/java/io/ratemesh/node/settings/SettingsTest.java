package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private final Path folder;

    SettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void with_nothing_given_everything_has_a_default() {
        Settings settings = load(List.of(), Map.of());

        assertThat(settings.cluster())
                .isEqualTo(new ClusterSettings(
                        true,
                        "ratemesh",
                        "127.0.0.1",
                        5701,
                        List.of("127.0.0.1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(settings.converter())
                .isEqualTo(new ConverterSettings(0, Duration.ofSeconds(15), 1000, 200, 20_000, Optional.empty()));
        assertThat(settings.balancer().http().listen()).isEqualTo(new BalancerSettings.Listen("0.0.0.0", 8080));
        assertThat(settings.balancer().stats().passwordFile()).isEqualTo(Path.of(".ratemesh/admin-password"));
        assertThat(settings.rates().feeds())
                .extracting(FeedSettings::name)
                .containsExactly("coinbase", "ecb", "open-er-api", "currency-api");
        assertThat(settings.rates().limits()).isEqualTo(RateLimits.DEFAULT);
        assertThat(settings.node().transport()).isEqualTo(TransportSetting.AUTO);
    }

    @Test
    void a_set_counts_more_than_the_environment_and_that_more_than_the_file() {
        Path file = file("converter: {port: 1, stream: {replay: 1, max-pairs: 1}}");
        Map<String, String> environment =
                Map.of("RATEMESH_CONVERTER_PORT", "2", "RATEMESH_CONVERTER_STREAM_REPLAY", "2");

        ConverterSettings converter = Settings.load(Optional.of(file), List.of("converter.port=3"), environment)
                .converter();

        assertThat(converter.port()).isEqualTo(3);
        assertThat(converter.replay()).isEqualTo(2);
        assertThat(converter.maxPairs()).isEqualTo(1);
    }

    @Test
    void the_last_of_two_sets_counts() {
        assertThat(load(List.of("converter.port=3", "converter.port=4"), Map.of())
                        .converter()
                        .port())
                .isEqualTo(4);
    }

    @Test
    void dots_and_dashes_are_underscores_in_the_environment() {
        Settings settings = load(
                List.of(),
                Map.of(
                        "RATEMESH_NODE_DRAIN_TIMEOUT", "3s",
                        "RATEMESH_BALANCER_STATS_PASSWORD_FILE", "/run/secrets/admin",
                        "RATEMESH_CLUSTER_KUBERNETES_SERVICE_DNS", "ratemesh-cluster",
                        "PATH", "/bin"));

        assertThat(settings.node().drainTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.balancer().stats().passwordFile()).isEqualTo(Path.of("/run/secrets/admin"));
        assertThat(settings.cluster().serviceDns()).contains("ratemesh-cluster");
    }

    @Test
    void what_the_launcher_reads_from_the_environment_is_no_setting() {
        load(List.of(), Map.of("RATEMESH_HOME", folder.toString(), "RATEMESH_JAVA_OPTS", "-Xmx1g"));
    }

    @Test
    void an_unknown_key_is_named_with_the_nearest_and_where_it_came_from() {
        Path file = file("converter: {prot: 80}");

        faults(Optional.of(file), List.of("conveter.port=1"), Map.of("RATEMESH_CLUSTER_NAMES", "x"))
                .containsExactlyInAnyOrder(
                        "converter.prot: unknown key; did you mean converter.port? (from file " + file + ")",
                        "conveter.port: unknown key; did you mean converter.port? (from --set)",
                        "RATEMESH_CLUSTER_NAMES: unknown key; did you mean RATEMESH_CLUSTER_NAME? (from environment"
                                + " RATEMESH_CLUSTER_NAMES)");
    }

    @Test
    void a_section_in_place_of_a_key_names_a_key_below_it() {
        Path file = file("{balancer: {http: 8080}, log: verbose}");

        faults(Optional.of(file), List.of(), Map.of("RATEMESH_BALANCER_STATS", "8404"))
                .containsExactlyInAnyOrder(
                        "balancer.http: a section, not a key; set one of the keys below it, such as balancer.http.bind"
                                + " (from file " + file + ")",
                        "log: a section, not a key; set one of the keys below it, such as log.format (from file " + file
                                + ")",
                        "RATEMESH_BALANCER_STATS: a section, not a key; set one of the keys below it, such as"
                                + " RATEMESH_BALANCER_STATS_BIND (from environment RATEMESH_BALANCER_STATS)");
    }

    @Test
    void a_key_that_resembles_no_other_has_no_suggestion() {
        faults(Optional.empty(), List.of("foo=bar"), Map.of())
                .containsExactly("foo: unknown key; use one of those in docs/settings.md (from --set)");
    }

    @Test
    void a_fault_is_one_line_whatever_the_value() {
        Path file = file("{log: {level: \"a\\nb\"}, node: {transport: " + "x".repeat(500) + "}}");

        faults(Optional.of(file), List.of(), Map.of())
                .anySatisfy(fault -> assertThat(fault).startsWith("log.level: \"a b\" is not a valid value; use "))
                .anySatisfy(fault -> assertThat(fault)
                        .startsWith("node.transport: \"" + "x".repeat(200) + "…\" is not a valid value; use "));
    }

    @Test
    void an_invalid_path_is_rejected() {
        Path file = file("balancer: {static: {dir: \"a\\0b\"}}");

        faults(Optional.of(file), List.of(), Map.of())
                .containsExactly(
                        "balancer.static.dir: \"a b\" is not a valid path; use the path of a file or a folder (from file "
                                + file + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "0.0.0.0", "fe80::1%eth0:"})
    void an_address_on_the_command_line_is_no_map(String address) {
        Settings settings = Settings.load(Optional.empty(), List.of("balancer.http.bind=" + address), Map.of());

        assertThat(settings.balancer().http().listen().bind()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "converter.port=abc                | converter.port: \"abc\" is not a valid port; use a number from 0 to 65535 (from --set)",
                "converter.port=1.5                | converter.port: \"1.5\" is not a valid port; use a number from 0 to 65535 (from --set)",
                "converter.port=-1                 | converter.port: \"-1\" is not a valid port; use a number from 0 to 65535 (from --set)",
                "converter.port=65536              | converter.port: \"65536\" is not a valid port; use a number from 0 to 65535 (from --set)",
                "converter.port=99999999999        | converter.port: \"99999999999\" is not a valid port; use a number from 0 to 65535 (from --set)",
                "converter.port=                   | converter.port: \"\" is not a valid port; use a number from 0 to 65535 (from --set)",
                "cluster.port=65536                | cluster.port: \"65536\" is not a valid number; use a number from 1 to 65435 (from --set)",
                "cluster.name=                     | cluster.name: \"\" is not a valid text; use one value that is not empty (from --set)",
                "cluster.name=[a]                  | cluster.name: \"[a]\" is not a valid text; use one value that is not empty (from --set)",
                "cluster.members=a                 | cluster.members: \"a\" is not a valid list; use a list such as [\"a\", \"b\"] (from --set)",
                "cluster.enabled=maybe             | cluster.enabled: \"maybe\" is not a valid value; use true or false (from --set)",
                "balancer.static.enabled=1         | balancer.static.enabled: \"1\" is not a valid value; use true or false (from --set)",
                "balancer.event-loops=0            | balancer.event-loops: \"0\" is not a valid number; use auto or a number from 1 to 256 (from --set)",
                "node.transport=tcp                | node.transport: \"tcp\" is not a valid value; use one of auto, epoll, io_uring, nio (from --set)",
                "node.name=a b                     | node.name: \"a b\" is not a valid name; use at most 63 letters, digits, . _ and - (from --set)",
                "log.level=verbose                 | log.level: \"verbose\" is not a valid value; use one of debug, error, info, warn (from --set)",
                "balancer.pools.converters.check.path=health | balancer.pools.converters.check.path: \"health\" is not a valid path; use a path that begins with / (from --set)",
                "converter.stream.heartbeat=15     | converter.stream.heartbeat: \"15\" is not a valid duration; use a duration from 100ms to 5m, such as 250ms, 2s, 1m or 26h (from --set)",
                "converter.stream.heartbeat=6m     | converter.stream.heartbeat: \"6m\" is not a valid duration; use a duration from 100ms to 5m, such as 250ms, 2s, 1m or 26h (from --set)",
                "rates.limits.stale-after=1001h    | rates.limits.stale-after: \"1001h\" is not a valid duration; use a duration from 1s to 1000h, such as 250ms, 2s, 1m or 26h (from --set)",
                "rates.limits.max-jump=0.2         | rates.limits.max-jump: \"0.2\" is not a valid percentage; use a percentage from 1% to 90%, such as 20% (from --set)",
                "rates.limits.max-jump=100%        | rates.limits.max-jump: \"100%\" is not a valid percentage; use a percentage from 1% to 90%, such as 20% (from --set)",
                "rates.limits.min-share=101%       | rates.limits.min-share: \"101%\" is not a valid percentage; use a percentage from 0% to 100%, such as 20% (from --set)",
                "rates.limits.min-share=-1%        | rates.limits.min-share: \"-1%\" is not a valid percentage; use a percentage from 0% to 100%, such as 20% (from --set)",
                "rates.limits.confirm-after=30     | rates.limits.confirm-after: \"30\" is not a valid duration; use a duration from 1s to 1000h, such as 250ms, 2s, 1m or 26h (from --set)",
                "converter.port                    | --set converter.port: has no key or no value; use --set key=value",
                "=1                                | --set =1: has no key or no value; use --set key=value",
            })
    void an_invalid_value_is_reported_with_what_is_accepted(String set, String fault) {
        faults(Optional.empty(), List.of(set), Map.of()).containsExactly(fault);
    }

    @Test
    void limits_are_read_as_they_are_written() {
        List<String> sets = List.of(
                "rates.limits={max-jump: 5%, min-share: 100%, confirm-after: 2s}", "rates.limits.stale-after=1h");

        assertThat(load(sets, Map.of()).rates().limits())
                .isEqualTo(new RateLimits(
                        new BigDecimal("0.05"), Duration.ofSeconds(2), new BigDecimal("1.00"), Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "2s, 2000", "1m, 60000", "26h, 93600000", "0ms, 0", "999999999ms, 999999999"})
    void a_duration_has_a_unit(String text, long millis) {
        assertThat(SettingsReader.parseDuration(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "1S", "1d", "1s ", "9999999999s"})
    void an_invalid_duration_is_rejected(String text) {
        assertThat(SettingsReader.parseDuration(text)).isEmpty();
    }

    @Test
    void a_list_can_be_given_in_the_environment_and_on_the_command_line() {
        assertThat(load(List.of(), Map.of("RATEMESH_CLUSTER_MEMBERS", "[\"10.0.0.1\", 10.0.0.2]"))
                        .cluster()
                        .members())
                .containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(load(List.of("rates.feeds=[{name: ecb, poll: 1s}]"), Map.of())
                        .rates()
                        .feeds())
                .containsExactly(new FeedSettings("ecb", Optional.empty(), Optional.of(Duration.ofSeconds(1))));
    }

    @Test
    void of_two_variables_the_one_of_the_narrower_section_counts() {
        ConverterSettings converter = load(
                        List.of("converter.stream.max-subscribers=5"),
                        Map.of(
                                "RATEMESH_CONVERTER",
                                        "{port: 9, access-log: stdout, stream: {replay: 9, max-pairs: 9}}",
                                "RATEMESH_CONVERTER_STREAM", "{replay: 3, max-subscribers: 9}",
                                "RATEMESH_CONVERTER_PORT", "4"))
                .converter();

        assertThat(converter)
                .isEqualTo(new ConverterSettings(4, Duration.ofSeconds(15), 3, 9, 5, Optional.of("stdout")));
    }

    @Test
    void a_variable_that_is_a_map_creates_a_pool() {
        Settings settings = load(
                List.of(),
                Map.of(
                        "RATEMESH_BALANCER_POOLS", "{web: {servers: [\"10.0.0.7:80\"]}}",
                        "RATEMESH_BALANCER_ROUTES", "[{path: /shop/, pool: web}]",
                        "RATEMESH_BALANCER_POOLS_WEB_MAX_IN_FLIGHT", "7"));

        assertThat(settings.balancer().pools())
                .filteredOn(pool -> pool.name().equals("web"))
                .singleElement()
                .satisfies(pool -> assertThat(pool.maxInFlight()).isEqualTo(7))
                .satisfies(pool -> assertThat(pool.servers()).hasSize(1));
    }

    @Test
    void an_item_of_a_list_in_the_environment_is_as_strict_as_the_rest() {
        faults(Optional.empty(), List.of(), Map.of("RATEMESH_RATES_FEEDS", "[{name: ecb, pol: 1s}]"))
                .containsExactly("rates.feeds[0].pol: unknown key; did you mean poll? (from environment"
                        + " RATEMESH_RATES_FEEDS)");
    }

    @Test
    void the_items_of_a_list_are_as_strict_as_the_rest() {
        Path file = file("""
                rates:
                  feeds:
                    - {name: ecb, url: "ftp://x"}
                    - {nam: ecb}
                    - {name: ecb, poll: 1ms}
                """);

        faults(Optional.of(file), List.of(), Map.of())
                .containsExactlyInAnyOrder(
                        "rates.feeds[0].url: \"ftp://x\" is not a valid URL; use an http:// or https:// URL (from file "
                                + file + ")",
                        "rates.feeds[1].name: not set; use the name of a feed, such as ecb",
                        "rates.feeds[1].nam: unknown key; did you mean name? (from file " + file + ")",
                        "rates.feeds[2].poll: \"1ms\" is not a valid duration; use a duration from 1s to 24h, such as 250ms,"
                                + " 2s, 1m or 26h (from file " + file + ")");
    }

    @Test
    void a_list_whose_items_are_not_maps_is_rejected() {
        faults(Optional.empty(), List.of("rates.feeds=[ecb]"), Map.of())
                .containsExactly(
                        "rates.feeds: \"[ecb]\" is not a valid list; use a list of maps such as [{name: ecb}] (from --set)");
    }

    @Test
    void a_secret_comes_by_environment_and_is_never_shown() {
        Settings settings = load(List.of(), Map.of("RATEMESH_BALANCER_STATS_PASSWORD", "hunter2"));

        assertThat(settings.balancer().stats().password()).map(Secret::value).contains("hunter2");
        assertThat(settings.toString()).doesNotContain("hunter2").contains("(secret)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@hunter2", "[hunter2", "%hunter2", "hunter: 2: x", "*hunter2", "\"hunter2", "12345", "{a: b}"})
    void a_secret_need_not_be_valid_YAML(String secret) {
        assertThat(load(List.of(), Map.of("RATEMESH_BALANCER_STATS_PASSWORD", secret))
                        .balancer()
                        .stats()
                        .password())
                .map(Secret::value)
                .contains(secret);
    }

    @Test
    void a_secret_on_the_command_line_or_in_a_file_is_rejected_and_not_shown() {
        Path file = file("balancer: {stats: {password: hunter2}}");

        faults(Optional.of(file), List.of(), Map.of())
                .containsExactly(
                        "balancer.stats.password: a secret must not be given here (value not shown); use the environment"
                                + " variable RATEMESH_BALANCER_STATS_PASSWORD, or balancer.stats.password-file with the path of"
                                + " a file (from file " + file + ")");
        faults(Optional.empty(), List.of("balancer.stats.password=hunter2"), Map.of())
                .singleElement()
                .asString()
                .doesNotContain("hunter2")
                .endsWith("(from --set)");
        faults(Optional.empty(), List.of("balancer.stats.password=[hunter2"), Map.of())
                .singleElement()
                .asString()
                .doesNotContain("hunter2")
                .contains("not YAML");
    }

    @Test
    void all_faults_are_reported_at_once() {
        faults(
                        Optional.empty(),
                        List.of("converter.port=x", "node.transport=y", "unknown.key=1"),
                        Map.of("RATEMESH_LOG_LEVEL", "z"))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"converter: {port: 1", "a: b: c", "\tconverter: 1", "- ]"})
    void a_file_that_is_no_yaml_is_named_with_its_line(String text) {
        Path file = file(text);

        faults(Optional.of(file), List.of(), Map.of())
                .singleElement()
                .asString()
                .startsWith("file " + file + ": not YAML: ")
                .contains("in line 1");
    }

    @Test
    void a_duplicate_key_is_rejected() {
        Path file = file("converter: {port: 1}\nconverter: {port: 2}\n");

        faults(Optional.of(file), List.of(), Map.of())
                .singleElement()
                .asString()
                .contains("duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "cluster:\nconverter:\n  # port: 1\n"})
    void a_file_with_nothing_in_it_changes_nothing(String text) {
        assertThat(Settings.load(Optional.of(file(text)), List.of(), Map.of())).isEqualTo(load(List.of(), Map.of()));
    }

    @Test
    void a_key_without_a_value_is_not_the_text_null() {
        faults(Optional.of(file("cluster: {name: }\nconverter: {port: }\n")), List.of(), Map.of())
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).startsWith("cluster.name: "))
                .anySatisfy(fault -> assertThat(fault).startsWith("converter.port: "));
    }

    @Test
    void a_file_that_is_not_a_map_is_rejected() {
        faults(Optional.of(file("[1, 2]")), List.of(), Map.of())
                .singleElement()
                .asString()
                .contains("has no settings");
    }

    @Test
    void a_file_that_was_named_has_to_be_there() {
        Path missing = folder.resolve("missing.yaml");

        faults(Optional.of(missing), List.of(), Map.of())
                .containsExactly("--config " + missing + ": cannot be read; use a YAML file in UTF-8");
        faults(Optional.of(folder), List.of(), Map.of())
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void a_file_without_end_is_not_read() throws IOException {
        Path huge = folder.resolve("huge.yaml");
        Files.writeString(huge, "#".repeat((1 << 20) + 1));

        faults(Optional.of(huge), List.of(), Map.of())
                .singleElement()
                .asString()
                .contains("larger than");
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("ratemesh.yaml"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Settings load(List<String> sets, Map<String, String> environment) {
        return Settings.load(Optional.empty(), sets, environment);
    }

    private static ListAssert<String> faults(Optional<Path> file, List<String> sets, Map<String, String> environment) {
        var thrown = assertThatThrownBy(() -> Settings.load(file, sets, environment))
                .asInstanceOf(type(SettingsException.class))
                .actual();
        return assertThat(thrown.faults());
    }

    @Test
    void the_access_log_is_off_by_default_and_as_yaml_reads_off() {
        Path file = file("converter: {access-log: off}");

        assertThat(Settings.load(Optional.of(file), List.of(), Map.of())
                        .converter()
                        .accessLog())
                .isEmpty();
        assertThat(load(List.of("converter.access-log=off"), Map.of())
                        .converter()
                        .accessLog())
                .isEmpty();
        assertThat(load(List.of("converter.access-log=stdout"), Map.of())
                        .converter()
                        .accessLog())
                .contains("stdout");
    }
}
