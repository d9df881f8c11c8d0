package io.ratemesh.benchmarks.slow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeldConnectionsTest {

    @Test
    void what_was_open_at_most_and_at_the_end_is_told() {
        assertThat(HeldConnections.read(
                        List.of(
                                "Seconds,Closed,Pending,Connected,Service Available",
                                "0,0,1,0,1000",
                                "1,0,12,988,1000",
                                "2,0,0,1000,1000",
                                "11,990,0,10,1000",
                                ""),
                        "Exit status: Hit test time limit"))
                .isEqualTo(new HeldConnections(1000, 10, 990));
    }

    @Test
    void where_the_server_closed_all_the_last_line_is_of_the_moment_before() {
        assertThat(HeldConnections.read(
                        List.of(
                                "Seconds,Closed,Pending,Connected,Service Available",
                                "10,0,0,1000,1000",
                                "11,233,0,767,1000"),
                        "Test ended on 11th second\nExit status:\u001b[1;36m No open connections left"))
                .isEqualTo(new HeldConnections(1000, 0, 1000));
    }

    @Test
    void statistics_that_do_not_read_are_shown() {
        assertThatThrownBy(() -> HeldConnections.read(List.of(), "")).hasMessageContaining("no statistics that read");
        assertThatThrownBy(() -> HeldConnections.read(List.of("Seconds,Closed,Pending,Connected"), ""))
                .hasMessageContaining("Connected");
        assertThatThrownBy(() -> HeldConnections.read(List.of("Seconds,Open", "0,1"), ""))
                .hasMessageContaining("Open");
    }
}
