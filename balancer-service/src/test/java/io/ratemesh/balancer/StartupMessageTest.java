package io.ratemesh.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.listener.ListenFixture;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupMessageTest {

    @Test
    void one_listener_is_one_address_besides_the_statistics() {
        assertThat(line("balancer.event-loops=1"))
                .isEqualTo("front door on http://0.0.0.0:8080 with 1 event loop; statistics on http://127.0.0.1:8404");
    }

    @Test
    void every_address_has_its_protocol_and_the_port_that_was_taken() {
        assertThat(
                        line(
                                "balancer.event-loops=2",
                                "balancer.http.bind=::1",
                                "balancer.tls={cert: c, key: k, port: 0}",
                                "balancer.h2c={port: 0, bind: 10.0.0.1}",
                                "balancer.tcp=[{port: 5432, name: db, servers: [\"10.0.0.21:5432\"]}, {port: 7000, bind: 127.0.0.1, servers: [\"10.0.0.21:7000\"]}]"))
                .isEqualTo("front door on http://[::1]:8080, https://0.0.0.0:8443, h2c://10.0.0.1:8081,"
                        + " tcp://[::1]:5432 (db), tcp://127.0.0.1:7000 (tcp-7000) with 2 event loops;"
                        + " statistics on http://127.0.0.1:8404");
    }

    private static String line(String... sets) {
        BalancerSettings settings =
                Settings.load(Optional.empty(), List.of(sets), Map.of()).balancer();
        return StartupMessage.of(settings, ListenFixture.listening(settings, 8080, 8443, 8081), 8404);
    }
}
