package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StalledClientsTest {

    private final StalledClients clients = new StalledClients(Duration.ofNanos(100));
    private final List<String> givenUp = new ArrayList<>();
    private final StalledClients.Sender a = () -> givenUp.add("a");
    private final StalledClients.Sender b = () -> givenUp.add("b");

    @Test
    void gives_up_who_took_nothing_in_time_and_only_once() {
        clients.stalled(a, 0);
        clients.stalled(b, 50);

        clients.sweep(99);
        assertThat(givenUp).isEmpty();
        clients.sweep(100);
        clients.sweep(149);
        assertThat(givenUp).containsExactly("a");
        clients.sweep(150);
        assertThat(givenUp).containsExactly("a", "b");
    }

    @Test
    void who_reads_again_starts_anew() {
        clients.stalled(a, 0);
        clients.over(a);
        clients.sweep(100);
        clients.stalled(a, 100);
        clients.sweep(199);

        assertThat(givenUp).isEmpty();
    }

    @Test
    void stays_stalled_from_the_first_time_on() {
        clients.stalled(a, 0);
        clients.stalled(a, 90);
        clients.sweep(100);

        assertThat(givenUp).containsExactly("a");
    }

    @Test
    void giving_one_up_may_end_another() {
        clients.stalled(() -> clients.over(b), 0);
        clients.stalled(b, 0);
        clients.sweep(100);

        assertThat(givenUp).isEmpty();
    }
}
