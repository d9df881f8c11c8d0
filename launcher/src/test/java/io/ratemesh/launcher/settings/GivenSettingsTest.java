package io.ratemesh.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenSettingsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_environment_counts_before_the_file() throws IOException {
        Files.writeString(folder.resolve("ratemesh.yaml"), """
                cluster: {name: from-file}
                balancer:
                  http: {port: 9000}
                  stats: {password-file: /etc/secret}
                """);

        GivenSettings given =
                GivenSettings.read(Map.of("RATEMESH_BALANCER_HTTP_PORT", "9001"), Optional.empty(), folder);

        assertThat(given.port("balancer.http.port")).contains(9001);
        assertThat(given.text("cluster.name")).contains("from-file");
        assertThat(given.text("balancer.stats.password-file")).contains("/etc/secret");
        assertThat(given.text("balancer.stats.user")).isEmpty();
    }

    @Test
    void the_named_file_stands_in_for_the_one_of_the_working_folder() throws IOException {
        Files.writeString(folder.resolve("ratemesh.yaml"), "cluster: {name: here}");
        Path named = Files.writeString(folder.resolve("other.yaml"), "cluster: {name: there}");

        assertThat(GivenSettings.read(Map.of(), Optional.of(named), folder).text("cluster.name"))
                .contains("there");
    }

    @Test
    void no_file_is_no_settings() {
        assertThat(GivenSettings.read(Map.of(), Optional.empty(), folder).port("balancer.http.port"))
                .isEmpty();
    }

    @Test
    void a_named_file_that_is_missing_is_wrong_usage() {
        Path missing = folder.resolve("missing.yaml");

        assertThatThrownBy(() -> GivenSettings.read(Map.of(), Optional.of(missing), folder))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.WRONG_USAGE))
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("use a YAML file");
    }

    @Test
    void a_file_that_is_no_yaml_is_wrong_usage_in_one_line() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "cluster: [name\nx: }");

        assertThatThrownBy(() -> GivenSettings.read(Map.of(), Optional.of(broken), folder))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("not YAML")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.0.0.1",
        "127.0.0.1/32, 127.0.0.1",
        "192.0.2.7, 192.0.2.7",
        "no-such-interface, no-such-interface",
        "203.0.113.0/24, 203.0.113.0/24",
    })
    void a_network_to_listen_on_is_looked_up(String bind, String host) {
        assertThat(bindHost(bind)).isEqualTo(host);
    }

    @Test
    void an_interface_to_listen_on_is_looked_up() throws IOException {
        String loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"))
                .getName();

        assertThat(bindHost(loopback)).isEqualTo("127.0.0.1");
    }

    @Test
    void durations_are_written_as_in_the_settings() {
        assertThat(duration("250ms")).contains(Duration.ofMillis(250));
        assertThat(duration("2s")).contains(Duration.ofSeconds(2));
        assertThat(duration("1m")).contains(Duration.ofMinutes(1));
        assertThat(duration("soon")).isEmpty();
    }

    private static String bindHost(String bind) {
        return GivenSettings.none(Map.of("RATEMESH_CLUSTER_BIND", bind)).bindHost();
    }

    private static Optional<Duration> duration(String written) {
        return GivenSettings.none(Map.of("RATEMESH_NODE_DRAIN_TIMEOUT", written))
                .duration("node.drain-timeout");
    }
}
