package io.ratemesh.balancer.upstream.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.ratemesh.balancer.upstream.resolve.NameResolver.Resolved;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are resolved by a name server in the test. */
class HostsAndDnsTest {

    private final Vertx vertx = Vertx.vertx();
    private final TestNameServer server = new TestNameServer();
    private final SingletonDnsServerAddressStreamProvider asked =
            new SingletonDnsServerAddressStreamProvider(server.address());
    private final HostsAndDns names = new HostsAndDns(vertx, asked);

    HostsAndDnsTest() throws Exception {}

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        server.close();
    }

    @Test
    void the_shortest_time_to_live_applies_to_all_addresses() throws Exception {
        server.setAddresses("web.example", List.of("127.0.0.5 70", "127.0.0.6 7", "::1 9"));

        Resolved resolved = resolve("web.example");

        assertThat(resolved.addresses().stream().map(IpAddresses::text))
                .containsExactlyInAnyOrder("127.0.0.5", "127.0.0.6", "::1");
        assertThat(IpAddresses.text(resolved.addresses().get(2)))
                .as("IPv4 first")
                .isEqualTo("::1");
        assertThat(resolved.timeToLive()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void nothing_is_cached() throws Exception {
        server.setAddresses("web.example", 3600, "127.0.0.5");
        resolve("web.example");
        server.setAddresses("web.example", 3600, "::1");

        assertThat(resolve("web.example").addresses().stream().map(IpAddresses::text))
                .containsExactly("::1");
    }

    @Test
    void an_unknown_name_fails() {
        assertThatThrownBy(() -> resolve("nothing.example"))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("nothing.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "localhost.", "a.localhost"})
    void localhost_is_loopback_of_both_versions(String name) throws Exception {
        assertThat(resolve(name).addresses().stream().map(IpAddresses::text)).containsExactly("127.0.0.1", "::1");
    }

    @Test
    void services_have_priority_weight_port_target_and_time_to_live() throws Exception {
        server.setServices("_http._tcp.web.example", 30, "10 60 8080 a.example", "20 0 65535 b.example");

        assertThat(services("_http._tcp.web.example"))
                .containsExactlyInAnyOrder(
                        new ServiceRecord(10, 60, 8080, "a.example.", Duration.ofSeconds(30)),
                        new ServiceRecord(20, 0, 65535, "b.example.", Duration.ofSeconds(30)));
    }

    @Test
    void a_name_without_services_fails() {
        server.setAddresses("web.example", 30, "127.0.0.5");

        assertThatThrownBy(() -> services("web.example")).hasMessageContaining("web.example");
    }

    private Resolved resolve(String name) throws Exception {
        return get(names.resolve(name));
    }

    private List<ServiceRecord> services(String name) throws Exception {
        return get(new DnsQueries(vertx, asked).services(name));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
