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
    void withNothingGivenEverythingHasADefault() {
        Settings settings = load(List.of(), Map.of());

        assertThat(settings.cluster())
                .isEqualTo(new ClusterSettings(
                        true, "ratemesh", "127.0.0.1", 5701, List.of("127.0.0.1"), Optional.empty()));
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
    void aSetCountsMoreThanTheEnvironmentAndThatMoreThanTheFile() {
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
    void theLastOfTwoSetsCounts() {
        assertThat(load(List.of("converter.port=3", "converter.port=4"), Map.of())
                        .converter()
                        .port())
                .isEqualTo(4);
    }

    @Test
    void dotsAndDashesAreUnderscoresInTheEnvironment() {
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
    void whatTheLauncherReadsFromTheEnvironmentIsNoSetting() {
        load(List.of(), Map.of("RATEMESH_HOME", folder.toString(), "RATEMESH_JAVA_OPTS", "-Xmx1g"));
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestAndWhereItCameFrom() {
        Path file = file("converter: {prot: 80}");

        faults(Optional.of(file), List.of("conveter.port=1"), Map.of("RATEMESH_CLUSTER_NAMES", "x"))
                .containsExactlyInAnyOrder(
                        "converter.prot: unknown key (expected: a known one; the nearest is converter.port) from file "
                                + file,
                        "conveter.port: unknown key (expected: a known one; the nearest is converter.port) from --set",
                        "RATEMESH_CLUSTER_NAMES: unknown key (expected: a known one; the nearest is"
                                + " RATEMESH_CLUSTER_NAME) from environment RATEMESH_CLUSTER_NAMES");
    }

    @Test
    void aKeyThatHasOnlyOthersBelowItSaysWhich() {
        Path file = file("{balancer: {http: 8080}, log: verbose}");

        faults(Optional.of(file), List.of(), Map.of("RATEMESH_BALANCER_STATS", "8404"))
                .containsExactlyInAnyOrder(
                        "balancer.http: no key of its own (expected: one of those below it, as balancer.http.bind) from"
                                + " file " + file,
                        "log: no key of its own (expected: one of those below it, as log.format) from file " + file,
                        "RATEMESH_BALANCER_STATS: no key of its own (expected: one of those below it, as"
                                + " RATEMESH_BALANCER_STATS_BIND) from environment RATEMESH_BALANCER_STATS");
    }

    @Test
    void whatIsNearNothingIsNotMistakenForAnything() {
        faults(Optional.empty(), List.of("foo=bar"), Map.of())
                .containsExactly("foo: unknown key (expected: one of docs/settings.md; none is near) from --set");
    }

    @Test
    void aFaultIsOneLineWhateverTheValue() {
        Path file = file("{log: {level: \"a\\nb\"}, node: {transport: " + "x".repeat(500) + "}}");

        faults(Optional.of(file), List.of(), Map.of())
                .anySatisfy(fault -> assertThat(fault).startsWith("log.level: a b (expected: "))
                .anySatisfy(
                        fault -> assertThat(fault).startsWith("node.transport: " + "x".repeat(200) + "… (expected: "));
    }

    @Test
    void whatCanBeNoPathIsRefused() {
        Path file = file("balancer: {static: {dir: \"a\\0b\"}}");

        faults(Optional.of(file), List.of(), Map.of())
                .containsExactly(
                        "balancer.static.dir: a b (expected: the path of a file or a folder) from file " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "0.0.0.0", "fe80::1%eth0:"})
    void anAddressOnTheCommandLineIsNoMap(String address) {
        Settings settings = Settings.load(Optional.empty(), List.of("balancer.http.bind=" + address), Map.of());

        assertThat(settings.balancer().http().listen().bind()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "converter.port=abc                | converter.port: abc (expected: a number from 0 to 65535) from --set",
                "converter.port=1.5                | converter.port: 1.5 (expected: a number from 0 to 65535) from --set",
                "converter.port=-1                 | converter.port: -1 (expected: a number from 0 to 65535) from --set",
                "converter.port=65536              | converter.port: 65536 (expected: a number from 0 to 65535) from --set",
                "converter.port=99999999999        | converter.port: 99999999999 (expected: a number from 0 to 65535) from --set",
                "converter.port=                   | converter.port: (empty) (expected: a number from 0 to 65535) from --set",
                "cluster.port=65536                | cluster.port: 65536 (expected: a number from 1 to 65435) from --set",
                "cluster.name=                     | cluster.name: (empty) (expected: text) from --set",
                "cluster.name=[a]                  | cluster.name: [a] (expected: text) from --set",
                "cluster.members=a                 | cluster.members: a (expected: a list, as [\"a\", \"b\"]) from --set",
                "cluster.enabled=maybe             | cluster.enabled: maybe (expected: true or false) from --set",
                "balancer.static.enabled=1         | balancer.static.enabled: 1 (expected: true or false) from --set",
                "balancer.event-loops=0            | balancer.event-loops: 0 (expected: auto, or a number from 1 to 256) from --set",
                "node.transport=tcp                | node.transport: tcp (expected: one of auto, epoll, io_uring, nio) from --set",
                "node.name=a b                     | node.name: a b (expected: letters, digits, . _ and -, at most 63) from --set",
                "log.level=verbose                 | log.level: verbose (expected: one of debug, error, info, warn) from --set",
                "balancer.pools.converters.check.path=health | balancer.pools.converters.check.path: health (expected: a path that begins with /) from --set",
                "converter.stream.heartbeat=15     | converter.stream.heartbeat: 15 (expected: a duration from 100ms to 5m, as 250ms, 2s, 1m or 26h) from --set",
                "converter.stream.heartbeat=6m     | converter.stream.heartbeat: 6m (expected: a duration from 100ms to 5m, as 250ms, 2s, 1m or 26h) from --set",
                "rates.limits.stale-after=1001h    | rates.limits.stale-after: 1001h (expected: a duration from 1s to 1000h, as 250ms, 2s, 1m or 26h) from --set",
                "rates.limits.max-jump=0.2         | rates.limits.max-jump: 0.2 (expected: a percentage from 1% to 90%, as 20%) from --set",
                "rates.limits.max-jump=100%        | rates.limits.max-jump: 100% (expected: a percentage from 1% to 90%, as 20%) from --set",
                "rates.limits.min-share=101%       | rates.limits.min-share: 101% (expected: a percentage from 0% to 100%, as 20%) from --set",
                "rates.limits.min-share=-1%        | rates.limits.min-share: -1% (expected: a percentage from 0% to 100%, as 20%) from --set",
                "rates.limits.confirm-after=30     | rates.limits.confirm-after: 30 (expected: a duration from 1s to 1000h, as 250ms, 2s, 1m or 26h) from --set",
                "converter.port                    | --set converter.port (expected: --set key=value)",
                "=1                                | --set =1 (expected: --set key=value)",
            })
    void aValueThatDoesNotFitIsNamedWithWhatIsExpected(String set, String fault) {
        faults(Optional.empty(), List.of(set), Map.of()).containsExactly(fault);
    }

    @Test
    void limitsAreReadAsTheyAreWritten() {
        List<String> sets = List.of(
                "rates.limits={max-jump: 5%, min-share: 100%, confirm-after: 2s}", "rates.limits.stale-after=1h");

        assertThat(load(sets, Map.of()).rates().limits())
                .isEqualTo(new RateLimits(
                        new BigDecimal("0.05"), Duration.ofSeconds(2), new BigDecimal("1.00"), Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "2s, 2000", "1m, 60000", "26h, 93600000", "0ms, 0", "999999999ms, 999999999"})
    void aDurationHasAUnit(String text, long millis) {
        assertThat(SettingsReader.parseDuration(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "1S", "1d", "1s ", "9999999999s"})
    void whatIsNoDurationIsNone(String text) {
        assertThat(SettingsReader.parseDuration(text)).isEmpty();
    }

    @Test
    void aListCanBeGivenInTheEnvironmentAndOnTheCommandLine() {
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
    void theItemsOfAListAreAsStrictAsTheRest() {
        Path file = file("""
                rates:
                  feeds:
                    - {name: ecb, url: "ftp://x"}
                    - {nam: ecb}
                    - {name: ecb, poll: 1ms}
                """);

        faults(Optional.of(file), List.of(), Map.of())
                .containsExactlyInAnyOrder(
                        "rates.feeds[0].url: ftp://x (expected: an http:// or https:// address) from file " + file,
                        "rates.feeds[1].name: not set (expected: the name of a feed, as ecb)",
                        "rates.feeds[1].nam: unknown key (expected: a known one; the nearest is name) from file "
                                + file,
                        "rates.feeds[2].poll: 1ms (expected: a duration from 1s to 24h, as 250ms, 2s, 1m or 26h) from"
                                + " file " + file);
    }

    @Test
    void aListWhoseItemsAreNoMapsIsRefused() {
        faults(Optional.empty(), List.of("rates.feeds=[ecb]"), Map.of())
                .containsExactly("rates.feeds: [ecb] (expected: a list of maps, as [{name: ecb}]) from --set");
    }

    @Test
    void aSecretComesByEnvironmentAndIsNeverShown() {
        Settings settings = load(List.of(), Map.of("RATEMESH_BALANCER_STATS_PASSWORD", "hunter2"));

        assertThat(settings.balancer().stats().password()).map(Secret::value).contains("hunter2");
        assertThat(settings.toString()).doesNotContain("hunter2").contains("(secret)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@hunter2", "[hunter2", "%hunter2", "hunter: 2: x", "*hunter2", "\"hunter2", "12345", "{a: b}"})
    void aSecretMayBeWhatYamlIsNot(String secret) {
        assertThat(load(List.of(), Map.of("RATEMESH_BALANCER_STATS_PASSWORD", secret))
                        .balancer()
                        .stats()
                        .password())
                .map(Secret::value)
                .contains(secret);
    }

    @Test
    void aSecretOnTheCommandLineOrInAFileIsRefusedAndNotRepeated() {
        Path file = file("balancer: {stats: {password: hunter2}}");

        faults(Optional.of(file), List.of(), Map.of())
                .containsExactly("balancer.stats.password: (not shown) (expected: RATEMESH_BALANCER_STATS_PASSWORD, or"
                        + " balancer.stats.password-file with the path of a file) from file " + file);
        faults(Optional.empty(), List.of("balancer.stats.password=hunter2"), Map.of())
                .singleElement()
                .asString()
                .doesNotContain("hunter2")
                .endsWith("from --set");
        faults(Optional.empty(), List.of("balancer.stats.password=[hunter2"), Map.of())
                .singleElement()
                .asString()
                .doesNotContain("hunter2")
                .contains("not YAML");
    }

    @Test
    void allFaultsAreToldAtOnce() {
        faults(
                        Optional.empty(),
                        List.of("converter.port=x", "node.transport=y", "unknown.key=1"),
                        Map.of("RATEMESH_LOG_LEVEL", "z"))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"converter: {port: 1", "a: b: c", "\tconverter: 1", "- ]"})
    void aFileThatIsNoYamlIsNamedWithItsLine(String text) {
        Path file = file(text);

        faults(Optional.of(file), List.of(), Map.of())
                .singleElement()
                .asString()
                .startsWith("file " + file + ": not YAML: ")
                .contains("in line 1");
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        Path file = file("converter: {port: 1}\nconverter: {port: 2}\n");

        faults(Optional.of(file), List.of(), Map.of())
                .singleElement()
                .asString()
                .contains("duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "cluster:\nconverter:\n  # port: 1\n"})
    void aFileWithNothingInItChangesNothing(String text) {
        assertThat(Settings.load(Optional.of(file(text)), List.of(), Map.of())).isEqualTo(load(List.of(), Map.of()));
    }

    @Test
    void aKeyWithoutAValueIsNotTheTextNull() {
        faults(Optional.of(file("cluster: {name: }\nconverter: {port: }\n")), List.of(), Map.of())
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).startsWith("cluster.name: "))
                .anySatisfy(fault -> assertThat(fault).startsWith("converter.port: "));
    }

    @Test
    void aFileThatIsNoMapIsRefused() {
        faults(Optional.of(file("[1, 2]")), List.of(), Map.of())
                .singleElement()
                .asString()
                .contains("no settings");
    }

    @Test
    void aFileThatWasNamedHasToBeThere() {
        Path missing = folder.resolve("missing.yaml");

        faults(Optional.of(missing), List.of(), Map.of())
                .containsExactly("--config " + missing + ": cannot be read (expected: a YAML file in UTF-8)");
        faults(Optional.of(folder), List.of(), Map.of())
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void aFileWithoutEndIsNotRead() throws IOException {
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
    void theAccessLogIsOffByDefaultAndAsYamlReadsOff() {
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
