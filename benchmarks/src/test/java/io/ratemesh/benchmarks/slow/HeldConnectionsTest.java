package io.ratemesh.benchmarks.slow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeldConnectionsTest {

    @Test
    void open_connections_at_most_and_at_the_end_are_parsed() {
        assertThat(HeldConnections.parse(
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
    void if_the_server_closed_all_connections_none_is_open_at_the_end() {
        assertThat(HeldConnections.parse(
                        List.of(
                                "Seconds,Closed,Pending,Connected,Service Available",
                                "10,0,0,1000,1000",
                                "11,233,0,767,1000"),
                        "Test ended on 11th second\nExit status:\u001b[1;36m No open connections left"))
                .isEqualTo(new HeldConnections(1000, 0, 1000));
    }

    @Test
    void statistics_of_another_format_are_in_the_message() {
        assertThatThrownBy(() -> HeldConnections.parse(List.of(), "")).hasMessageContaining("cannot be parsed");
        assertThatThrownBy(() -> HeldConnections.parse(List.of("Seconds,Closed,Pending,Connected"), ""))
                .hasMessageContaining("Connected");
        assertThatThrownBy(() -> HeldConnections.parse(List.of("Seconds,Open", "0,1"), ""))
                .hasMessageContaining("Open");
    }
}
