package io.ratemesh.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReloadableSettingsTest {

    private static final String POOL = "balancer.pools.web.servers=[\"127.0.0.1:9101\"]";
    private static final String ROUTE = "balancer.routes=[{path: /, pool: web}]";

    @Test
    void pools_and_routes_can_be_reloaded() {
        Settings next =
                settings(POOL, ROUTE, "balancer.pools.web.algorithm=first", "balancer.pools.web.check.path=/ok");

        assertThat(ReloadableSettings.faults(settings(), next)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "balancer.limits.connections=5",
                "balancer.limits.connections-per-client=5",
                "balancer.limits.requests-per-second=5",
                "balancer.limits.streams=5",
                "balancer.limits.head-time=5s",
                "balancer.trusted-proxies=[\"10.0.0.0/8\"]",
                "balancer.compression.enabled=true",
                "balancer.tls.cert=other.pem",
                "balancer.tls.certificates=[{cert: a.pem, key: a.key}]",
                "balancer.tls.strict-sni=true",
                "balancer.tls.min-version=TLSv1.3",
                "balancer.tls.client-ca=clients.pem",
            })
    void limits_trusted_proxies_compression_and_what_handshakes_need_can_be_reloaded(String change) {
        assertThat(ReloadableSettings.faults(settings(), settings(change))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "balancer.http.port=1",
                "balancer.tls.port=1",
                "balancer.tls.hsts=1h",
                "balancer.tls.proxy-protocol=true",
                "balancer.h2c.port=1",
                "balancer.stats.port=1",
                "balancer.event-loops=200",
                "balancer.drain-delay=5s",
                "balancer.static.enabled=false",
                "cluster.port=5702",
                "log.level=debug",
                "node.name=other",
            })
    void other_settings_are_named_as_requiring_a_restart(String change) {
        assertThat(ReloadableSettings.faults(settings(), settings(change)))
                .singleElement()
                .satisfies(fault -> assertThat(change).startsWith(fault.substring(0, fault.indexOf(':'))));
    }

    private static Settings settings(String... sets) {
        // No file of the working folder is to be read.
        Optional<Path> none = Optional.of(Path.of("/dev/null"));
        List<String> all = new ArrayList<>(List.of("balancer.tls.cert=site.pem", "balancer.tls.key=site.key"));
        all.addAll(List.of(sets));
        return Settings.load(none, all, Map.of());
    }
}
