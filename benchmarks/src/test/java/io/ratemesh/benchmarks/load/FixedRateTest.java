package io.ratemesh.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FixedRateTest {

    private static final int STALL_MILLIS = 300;

    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;
    private volatile String status = "200 OK";
    private volatile int stallAt = -1;

    FixedRateTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void requests_are_sent_at_the_rate() {
        FixedRate.run(new LoadPlan("/", 4), server.getLocalPort(), 100, 1, 1);

        assertThat(requests).hasValue(200);
    }

    /** The stall delays one request and about sixty that are due during the stall. */
    @Test
    void requests_behind_a_stall_are_timed_from_when_they_were_due() {
        stallAt = 50;

        LatencyPercentiles latencies = FixedRate.run(new LoadPlan("/", 1), server.getLocalPort(), 200, 0, 1);

        assertThat(latencies.max()).isGreaterThanOrEqualTo(STALL_MILLIS * 1000);
        assertThat(latencies.p99()).isGreaterThanOrEqualTo(STALL_MILLIS * 1000 * 9 / 10);
        assertThat(latencies.median()).isLessThan(STALL_MILLIS * 1000 / 2);
    }

    @Test
    void each_second_has_its_own_percentiles() {
        stallAt = 150;

        List<LatencyPercentiles> seconds = FixedRate.bySecond(new LoadPlan("/", 1), server.getLocalPort(), 100, 1, 2);

        assertThat(seconds).hasSize(2);
        assertThat(seconds.get(0).max()).isGreaterThanOrEqualTo(STALL_MILLIS * 1000);
        assertThat(seconds.get(1).max()).isLessThan(STALL_MILLIS * 1000);
    }

    @Test
    void a_response_that_is_not_200_ends_the_load() {
        status = "500 Internal Server Error";

        assertThatThrownBy(() -> FixedRate.run(new LoadPlan("/", 1), server.getLocalPort(), 100, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("HTTP/1.1 500");
    }

    @Test
    void a_refused_connection_ends_the_load() throws IOException {
        server.close();

        assertThatThrownBy(() -> FixedRate.run(new LoadPlan("/", 1), server.getLocalPort(), 100, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refused");
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty()) {
                    continue;
                }
                if (requests.incrementAndGet() == stallAt) {
                    LockSupport.parkNanos(STALL_MILLIS * 1_000_000L);
                }
                client.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok").getBytes(US_ASCII));
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }
}
