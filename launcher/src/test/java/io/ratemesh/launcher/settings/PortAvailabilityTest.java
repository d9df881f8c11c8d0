package io.ratemesh.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortAvailabilityTest {

    @Test
    void a_taken_port_is_named_with_the_flag_that_chooses_another() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String bind : new String[] {"127.0.0.1", "0.0.0.0"}) {
                assertThatThrownBy(() -> PortAvailability.requireFree(
                                new ListenAddress(bind, taken.getLocalPort()), "--stats-port"))
                        .isInstanceOf(CommandFailure.class)
                        .hasMessageContaining("port " + taken.getLocalPort() + " on " + bind + " is taken")
                        .hasMessageContaining("--stats-port PORT");
            }
            assertThat(PortAvailability.isInUse(taken.getLocalPort())).isTrue();
        }
    }

    @Test
    void a_free_port_passes_and_is_not_in_use() {
        int port = PortAvailability.anyFree();

        assertThatCode(() -> PortAvailability.requireFree(new ListenAddress("127.0.0.1", port), "--port"))
                .doesNotThrowAnyException();
        assertThat(PortAvailability.isInUse(port)).isFalse();
    }

    @Test
    void a_chosen_port_is_not_one_that_outgoing_connections_get() {
        Set<Integer> chosen = IntStream.range(0, 200)
                .map(i -> PortAvailability.anyFree())
                .boxed()
                .collect(Collectors.toSet());

        assertThat(chosen)
                .as("two clusters that start at once choose different ports")
                .hasSizeGreaterThan(150)
                .allMatch(port -> port >= 20_000 && port < 32_768);
    }

    @Test
    void an_address_that_is_not_of_this_machine_is_not_called_taken() {
        assertThatThrownBy(() -> PortAvailability.requireFree(
                        new ListenAddress("192.0.2.1", PortAvailability.anyFree()), "--port"))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.WRONG_USAGE))
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("an address of this machine");
    }
}
