package io.ratemesh.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.benchmarks.process.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client of the faults against their upstream, without a front door between. */
class NumberedLoadTest {

    private final int port = FreePorts.next();
    private final int orders = FreePorts.next();

    @BeforeEach
    void listen() throws IOException {
        FaultyUpstream.main(new String[] {String.valueOf(port), String.valueOf(orders)});
    }

    @Test
    void of_a_well_upstream_nothing_fails_and_the_newest_number_is_known() throws IOException {
        try (NumberedLoad load = load(Duration.ofSeconds(5))) {
            await().until(() -> load.next() > 100);
            FailureCounts tally = load.stop();

            assertThat(tally.failures()).isZero();
            assertThat(tally.requests()).isEqualTo(load.next());
            assertThat(order(FaultyUpstream.ASK)).isEqualTo(load.next() - 1);
        }
    }

    @Test
    void every_fault_fails_in_its_own_way() throws IOException {
        assertThat(failing(Behaviour.FAILING).failures(FailureKind.STATUS)).isPositive();
        assertThat(failing(Behaviour.GARBLED).failures(FailureKind.RESET)).isPositive();
        assertThat(failing(Behaviour.RESETTING).failures(FailureKind.RESET)).isPositive();
        assertThat(failing(Behaviour.SLOW).failures(FailureKind.TIMEOUT)).isPositive();
    }

    @Test
    void it_goes_on_when_the_upstream_is_well_again() throws IOException {
        order(Behaviour.WELL.name());
        try (NumberedLoad load = load(Duration.ofSeconds(5))) {
            await().until(() -> order(FaultyUpstream.ASK) > 0);
            order(Behaviour.RESETTING.name());
            order(Behaviour.WELL.name());
            long healed = load.next();
            await().until(() -> order(FaultyUpstream.ASK) >= healed);
        }
    }

    private FailureCounts failing(Behaviour behaviour) throws IOException {
        order(Behaviour.WELL.name());
        try (NumberedLoad load = load(Duration.ofMillis(300))) {
            await().until(() -> order(FaultyUpstream.ASK) > 0);
            order(behaviour.name());
            long struck = load.next();
            await().until(() -> load.next() > struck + 5);
            FailureCounts tally = load.stop();
            assertThat(tally.failures(FailureKind.STATUS)
                            + tally.failures(FailureKind.RESET)
                            + tally.failures(FailureKind.TIMEOUT))
                    .isEqualTo(tally.failures());
            return tally;
        }
    }

    private NumberedLoad load(Duration patience) {
        return new NumberedLoad(port, 8, 500, patience);
    }

    private long order(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), orders)) {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            return Long.parseLong(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }
    }
}
