package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StalledClientsTest {

    private final StalledClients clients = new StalledClients(Duration.ofNanos(100));
    private final List<String> timedOut = new ArrayList<>();
    private final StalledClients.Response a = () -> timedOut.add("a");
    private final StalledClients.Response b = () -> timedOut.add("b");

    @Test
    void a_client_that_reads_nothing_in_time_times_out_once() {
        clients.add(a, 0);
        clients.add(b, 50);

        clients.sweep(99);
        assertThat(timedOut).isEmpty();
        clients.sweep(100);
        clients.sweep(149);
        assertThat(timedOut).containsExactly("a");
        clients.sweep(150);
        assertThat(timedOut).containsExactly("a", "b");
    }

    @Test
    void a_client_that_reads_again_has_a_new_timeout() {
        clients.add(a, 0);
        clients.remove(a);
        clients.sweep(100);
        clients.add(a, 100);
        clients.sweep(199);

        assertThat(timedOut).isEmpty();
    }

    @Test
    void the_first_stall_starts_the_timeout() {
        clients.add(a, 0);
        clients.add(a, 90);
        clients.sweep(100);

        assertThat(timedOut).containsExactly("a");
    }

    @Test
    void a_timeout_may_remove_another() {
        clients.add(() -> clients.remove(b), 0);
        clients.add(b, 0);
        clients.sweep(100);

        assertThat(timedOut).isEmpty();
    }
}
