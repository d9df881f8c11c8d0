package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpSettingsTest {

    private final Path folder;

    TcpSettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void without_a_word_there_is_no_port_of_TCP() {
        assertThat(load("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_port_and_its_servers_are_enough_in_a_cluster_and_without_one(boolean clustered) {
        List<TcpSettings> ports = load("""
                cluster: {enabled: %s}
                balancer: {http: {bind: 127.0.0.1}, tcp: [{port: 7000, servers: ["127.0.0.1:7101", "127.0.0.1:7102"]}]}
                """.formatted(clustered));

        assertThat(ports).hasSize(1);
        TcpSettings port = ports.get(0);
        assertThat(port.listen()).isEqualTo(new Listen("127.0.0.1", 7000));
        assertThat(port.name()).isEqualTo("tcp-7000");
        assertThat(port.pool().servers())
                .extracting(ServerSettings::id)
                .containsExactly("127.0.0.1:7101", "127.0.0.1:7102");
        assertThat(port.pool().check()).isEqualTo(CheckSettings.OF_OTHERS);
        assertThat(port.pool().algorithm()).isEqualTo(Algorithm.LEAST_CONNECTIONS);
        assertThat(port.idleTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(port.proxyProtocol()).isFalse();
        assertThat(port.limits()).isEqualTo(new TcpSettings.Limits(20_000, 0));
    }

    @Test
    void a_port_has_all_that_a_pool_has_and_its_own_times() {
        TcpSettings port = load("""
                balancer:
                  tcp:
                    - port: 5432
                      bind: "::1"
                      name: db
                      servers: ["10.0.0.1:5432 weight=3", "10.0.0.2:5432 backup"]
                      algorithm: source-hash
                      check: {interval: 5s, rise: 3}
                      max-in-flight: 90
                      queue: {limit: 7, timeout: 3s}
                      slow-start: 0s
                      proxy-protocol: true
                      limits: {connections: 500, connections-per-client: 20}
                      connect-timeout: 1s
                      idle-timeout: 30m
                """).get(0);

        assertThat(port.listen()).isEqualTo(new Listen("::1", 5432));
        assertThat(port.name()).isEqualTo("db");
        assertThat(port.pool().servers())
                .containsExactly(
                        new ServerSettings("10.0.0.1", 5432, 3, false), new ServerSettings("10.0.0.2", 5432, 1, true));
        assertThat(port.pool().algorithm()).isEqualTo(Algorithm.SOURCE_HASH);
        assertThat(port.pool().check().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(port.pool().maxInFlight()).isEqualTo(90);
        assertThat(port.pool().queue()).isEqualTo(new PoolSettings.Queue(7, Duration.ofSeconds(3)));
        assertThat(port.pool().slowStart()).isZero();
        assertThat(port.proxyProtocol()).isTrue();
        assertThat(port.limits()).isEqualTo(new TcpSettings.Limits(500, 20));
        assertThat(port.pool().timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
        assertThat(port.idleTimeout()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void the_same_port_on_two_addresses_is_two_ports() {
        assertThat(load("""
                balancer:
                  tcp:
                    - {port: 7000, bind: 10.0.0.1, name: one, servers: ["a:1"]}
                    - {port: 7000, bind: 10.0.0.2, name: two, servers: ["a:1"]}
                """)).extracting(TcpSettings::name).containsExactly("one", "two");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{servers: ['a:1']}] | balancer.tcp[0].port: not set; use a number from 1 to 65535",
                "[{port: 0, servers: ['a:1']}] | balancer.tcp[0].port: \"0\" is not a valid number; use a number from 1 to 65535",
                "[{port: 7000}] | balancer.tcp[0].servers: not set",
                "[{port: 7000, servers: ['a:1'], algorithm: uri-hash}] | balancer.tcp[0].algorithm: \"uri-hash\" needs a URI",
                "[{port: 7000, discover: converter}] | balancer.tcp[0].discover: \"converter\" is not supported on a TCP port; list servers",
                "[{port: 7000, servers: ['a:1'], pipelining: 2}] | balancer.tcp[0].pipelining: \"2\" is not supported on a TCP port; use 0",
                "[{port: 7000, servers: ['a:1'], response-timeout: 5s}] | balancer.tcp[0].response-timeout: \"5s\" is not supported on a TCP port, which has no responses; use idle-timeout",
                "[{port: 7000, servers: ['a:1'], keep-alive: 0}] | balancer.tcp[0].keep-alive: \"0\" is not supported on a TCP port, which has no responses; use idle-timeout",
                "[{port: 7000, servers: ['a:1'], retries: {budget: 5%}}] | balancer.tcp[0].retries.budget: \"5%\" is not supported on a TCP port, which has no HTTP requests; remove",
                "[{port: 7000, servers: ['a:1'], color: red}] | balancer.tcp[0].color: unknown key",
                "[{port: 7000, servers: ['a:1'], name: 'a b'}] | balancer.tcp[0].name: \"a b\" is not a valid name; use at most 63 letters",
                "[{port: 7000, servers: ['a:1'], name: front-door}] | balancer.tcp[0].name: \"front-door\" is the name of another listener; use another name",
                "[{port: 7000, servers: ['a:1'], limits: {connections: 0}}] | balancer.tcp[0].limits.connections: \"0\" is not a valid number; use a number",
                "[{port: 7000, servers: ['a:1'], idle-timeout: 1ms}] | balancer.tcp[0].idle-timeout: \"1ms\" is not a valid duration; use a duration",
                "[{port: 7000, servers: ['a:1']}, {port: 7000, name: b, servers: ['a:1']}] | balancer.tcp[1].port: \"7000\" is listed twice; list each port once",
                "[{port: 1, name: b, servers: ['a:1']}, {port: 2, name: b, servers: ['a:1']}] | balancer.tcp[1].name: \"b\" is the name of another pool; use another name",
                "[{port: 1, name: converters, servers: ['a:1']}] | balancer.tcp[0].name: \"converters\" is the name of another pool; use another name",
            })
    void an_invalid_setting_is_reported(String ports, String fault) {
        assertThatThrownBy(() -> load("balancer: {tcp: " + ports + "}")).hasMessageContaining(fault);
    }

    private List<TcpSettings> load(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("ratemesh.yaml"), yaml);
            return Settings.load(Optional.of(file), List.of(), Map.of())
                    .balancer()
                    .tcp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
