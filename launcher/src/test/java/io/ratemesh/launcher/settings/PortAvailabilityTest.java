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
import org.junit.jupiter.api.Test;

class PortAvailabilityTest {

    @Test
    void aTakenPortIsNamedWithTheFlagThatChoosesAnother() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String bind : new String[] {"127.0.0.1", "0.0.0.0"}) {
                assertThatThrownBy(() -> PortAvailability.requireFree(
                                new ListenAddress(bind, taken.getLocalPort()), "--stats-port"))
                        .isInstanceOf(CommandFailure.class)
                        .hasMessageContaining("port " + taken.getLocalPort() + " on " + bind + " is taken")
                        .hasMessageContaining("--stats-port PORT");
            }
            assertThat(PortAvailability.answers(taken.getLocalPort())).isTrue();
        }
    }

    @Test
    void aFreePortPassesAndNobodyAnswersThere() {
        int port = PortAvailability.anyFree();

        assertThatCode(() -> PortAvailability.requireFree(new ListenAddress("127.0.0.1", port), "--port"))
                .doesNotThrowAnyException();
        assertThat(PortAvailability.answers(port)).isFalse();
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsNotCalledTaken() {
        assertThatThrownBy(() -> PortAvailability.requireFree(
                        new ListenAddress("192.0.2.1", PortAvailability.anyFree()), "--port"))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.WRONG_USAGE))
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("an address of this machine");
    }
}
