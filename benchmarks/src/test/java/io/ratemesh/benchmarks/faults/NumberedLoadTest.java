package io.ratemesh.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.benchmarks.faults.FailureCounts.Kind;
import io.ratemesh.benchmarks.faults.FaultyUpstream.Behaviour;
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

/** The client of the faults against their upstream, without a proxy. */
class NumberedLoadTest {

    private final int port = FreePorts.next();
    private final int controlPort = FreePorts.next();

    @BeforeEach
    void listen() throws IOException {
        FaultyUpstream.main(new String[] {String.valueOf(port), String.valueOf(controlPort)});
    }

    @Test
    void requests_to_a_normal_upstream_succeed_and_the_newest_number_is_known() throws IOException {
        try (NumberedLoad load = load(Duration.ofSeconds(5))) {
            await().until(() -> load.next() > 100);
            FailureCounts counts = load.stop();

            assertThat(counts.failures()).isZero();
            assertThat(counts.requests()).isEqualTo(load.next());
            assertThat(send(FaultyUpstream.QUERY)).isEqualTo(load.next() - 1);
        }
    }

    @Test
    void each_fault_causes_its_kind_of_failure() throws IOException {
        assertThat(failing(Behaviour.FAILING).failures(Kind.STATUS)).isPositive();
        assertThat(failing(Behaviour.GARBLED).failures(Kind.RESET)).isPositive();
        assertThat(failing(Behaviour.RESETTING).failures(Kind.RESET)).isPositive();
        assertThat(failing(Behaviour.SLOW).failures(Kind.TIMEOUT)).isPositive();
    }

    @Test
    void requests_succeed_again_after_the_upstream_recovers() throws IOException {
        send(Behaviour.NORMAL.name());
        try (NumberedLoad load = load(Duration.ofSeconds(5))) {
            await().until(() -> send(FaultyUpstream.QUERY) > 0);
            send(Behaviour.RESETTING.name());
            send(Behaviour.NORMAL.name());
            long recovered = load.next();
            await().until(() -> send(FaultyUpstream.QUERY) >= recovered);
        }
    }

    private FailureCounts failing(Behaviour behaviour) throws IOException {
        send(Behaviour.NORMAL.name());
        try (NumberedLoad load = load(Duration.ofMillis(300))) {
            await().until(() -> send(FaultyUpstream.QUERY) > 0);
            send(behaviour.name());
            long first = load.next();
            await().until(() -> load.next() > first + 5);
            FailureCounts counts = load.stop();
            assertThat(counts.failures(Kind.STATUS) + counts.failures(Kind.RESET) + counts.failures(Kind.TIMEOUT))
                    .isEqualTo(counts.failures());
            return counts;
        }
    }

    private NumberedLoad load(Duration timeout) {
        return new NumberedLoad(port, 8, 500, timeout);
    }

    private long send(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), controlPort)) {
            socket.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            return Long.parseLong(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }
    }
}
