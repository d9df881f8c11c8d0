package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.DnsSettings.Family;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source {@code dns} of a pool, and {@code agent} of its check. */
class DnsSettingsTest {

    @Test
    void a_name_and_a_port_are_enough() {
        PoolSettings pool = pool("{dns: {name: shop.internal, port: 8080}}");

        assertThat(pool.dns()).hasValue(new DnsSettings("shop.internal", false, 8080, Family.AUTO, List.of(), 100));
        assertThat(pool.isListed()).isFalse();
        assertThat(pool.servers()).isEmpty();
        assertThat(pool.check()).isEqualTo(CheckSettings.OF_OTHERS);
    }

    @Test
    void a_name_of_services_has_no_port() {
        assertThat(pool("{dns: {srv: _http._tcp.shop.internal, resolver: [127.0.0.1:8600, 10.0.0.2], max-servers: 7}}")
                        .dns())
                .hasValue(new DnsSettings(
                        "_http._tcp.shop.internal",
                        true,
                        0,
                        Family.AUTO,
                        List.of(new InetSocketAddress("127.0.0.1", 8600), new InetSocketAddress("10.0.0.2", 53)),
                        7));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, 10.0.0.2, 53", "'[::1]:5353', ::1, 5353", "'::1', ::1, 53", "'[::1]', ::1, 53"})
    void a_resolver_is_an_address_with_or_without_a_port(String written, String address, int port) {
        assertThat(pool("{dns: {name: a, port: 1, resolver: \"" + written + "\"}}")
                        .dns()
                        .orElseThrow()
                        .resolvers())
                .containsExactly(new InetSocketAddress(address, port));
    }

    @Test
    void the_converters_may_be_found_by_dns_too() {
        PoolSettings pool = Settings.load(
                        Optional.empty(),
                        List.of("balancer.pools.converters.dns={name: c.internal, port: 1}"),
                        Map.of())
                .balancer()
                .pool("converters")
                .orElseThrow();

        assertThat(pool.discover()).isEmpty();
        assertThat(pool.dns()).isPresent();
    }

    @Test
    void a_tcp_port_has_it_too() {
        assertThat(load("balancer.tcp=[{port: 5432, dns: {name: db.internal, port: 5432}}]")
                        .tcp()
                        .get(0)
                        .pool()
                        .dns())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{dns: {name: shop.internal}} | dns.port: not set; use the port of the servers, or srv",
                "{dns: {name: shop.internal, port: 0}} | dns.port: \"0\" is not a valid number; use a number from 1 to 65535",
                "{dns: {name: 10.0.0.1, port: 80}} | dns.name: \"10.0.0.1\" is an address, which has no records; list it in servers",
                "{dns: {name: shop..internal, port: 80}} | dns.name: \"shop..internal\" is not a valid name; use a name such as",
                "{dns: {name: 'shop internal', port: 80}} | dns.name: \"shop internal\" is not a valid name",
                "{dns: {name: a, srv: b, port: 80}} | dns.srv: \"b\" cannot be combined with name; remove one of them",
                "{dns: {srv: b, port: 80}} | dns.port: \"80\" has no effect with srv; remove it, or use name",
                "{dns: {srv: b, family: ipv4}} | dns.family: \"ipv4\" has no effect with srv",
                "{dns: {name: a, port: 80, family: ipv5}} | dns.family: \"ipv5\" is not a valid value; use one of auto, both, ipv4, ipv6",
                "{dns: {name: a, port: 80, resolver: ns.internal}} | dns.resolver: \"ns.internal\" is not a valid name server; use an address",
                "{dns: {name: a, port: 80, resolver: '10.0.0.2:70000'}} | dns.resolver: \"10.0.0.2:70000\" is not a valid name server",
                "{dns: {name: a, port: 80, max-servers: 1001}} | dns.max-servers: \"1001\" is not a valid number; use a number from 1 to 1000",
                "{dns: {name: a, port: 80}, servers: ['b:1']} | dns.name: \"a\" cannot be combined with servers; remove one of them",
                "{dns: {srv: a}, discover: converter} | dns.srv: \"a\" cannot be combined with discover; remove one of them",
                "{dns: {port: 80}} | servers: not set; list at least one server",
                "{servers: ['a:1'], check: {agent: {port: 0}}} | check.agent.port: \"0\" is not a valid number; use a number from 1 to 65535",
                "{servers: ['a:1'], check: {agent: {port: 9, interval: 1}}} | check.agent.interval: \"1\" is not a valid duration"
            })
    void what_is_wrong_is_said(String pool, String message) {
        assertThatThrownBy(() -> pool(pool))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("balancer.pools.shop." + message);
    }

    @Test
    void an_agent_has_a_port_and_an_interval() {
        assertThat(pool("{servers: ['a:1'], check: {type: http, agent: {port: 9999}}}")
                        .check()
                        .agent())
                .hasValue(new AgentSettings(9999, Duration.ofSeconds(2)));
        assertThat(pool("{servers: ['a:1'], check: {agent: {port: 9999, interval: 5s}}}")
                        .check()
                        .agent())
                .hasValue(new AgentSettings(9999, Duration.ofSeconds(5)));
        assertThat(pool("{servers: ['a:1']}").check().agent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.internal", "_http._tcp.shop.internal", "a", "a.b.", "xn--bcher-kva.example"})
    void names(String name) {
        assertThat(DnsSettings.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", ".a", "a b", "a\n", "1.2.3.4", "::1", "bücher.example", "a/b", "a:1"})
    void no_names(String name) {
        assertThat(DnsSettings.isName(name)).isFalse();
        assertThat(DnsSettings.isName("a".repeat(64) + ".example")).isFalse();
    }

    private static PoolSettings pool(String section) {
        return load("balancer.pools.shop=" + section).pool("shop").orElseThrow();
    }

    private static BalancerSettings load(String set) {
        return Settings.load(Optional.empty(), List.of(set), Map.of()).balancer();
    }
}
