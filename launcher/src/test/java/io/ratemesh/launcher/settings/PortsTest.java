package io.ratemesh.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.outcome.Failure;
import io.ratemesh.launcher.state.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aTakenPortIsNamedWithTheFlagThatChoosesAnother() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String bind : new String[] {"127.0.0.1", "0.0.0.0"}) {
                assertThatThrownBy(() -> Ports.requireFree(new Listener(bind, taken.getLocalPort()), "--stats-port"))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("port " + taken.getLocalPort() + " on " + bind + " is taken")
                        .hasMessageContaining("--stats-port PORT");
            }
            assertThat(Ports.answers(taken.getLocalPort())).isTrue();
        }
    }

    @Test
    void aFreePortPassesAndNobodyAnswersThere() {
        int port = Ports.anyFree();

        assertThatCode(() -> Ports.requireFree(new Listener("127.0.0.1", port), "--port"))
                .doesNotThrowAnyException();
        assertThat(Ports.answers(port)).isFalse();
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsNotCalledTaken() {
        assertThatThrownBy(() -> Ports.requireFree(new Listener("192.0.2.1", Ports.anyFree()), "--port"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.WRONG_USAGE))
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("an address of this machine");
    }
}
