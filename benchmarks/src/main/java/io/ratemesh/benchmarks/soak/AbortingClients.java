package io.ratemesh.benchmarks.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import io.ratemesh.benchmarks.process.Delay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** Clients that reset their connection, one after the other: in a request body, before a response, in a response body. */
final class AbortingClients implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final int TIMEOUT_MILLIS = 5000;
    private static final List<byte[]> REQUESTS = List.of(
            request(
                    "POST " + RatemeshBalancer.PATH + StubUpstreams.UPLOAD,
                    "Content-Length: 100000\r\n",
                    "x".repeat(1000)),
            request("GET " + RatemeshBalancer.TARGET, "", ""),
            request("GET " + RatemeshBalancer.PATH + StubUpstreams.LARGE, "", ""));

    /** The index of the request that is aborted after the first byte of its response. */
    private static final int IN_RESPONSE = 2;

    private final int port;
    private final Thread thread = new Thread(this::run, "aborting-clients");
    private volatile boolean stopping;
    private volatile long aborted;

    AbortingClients(int port) {
        this.port = port;
        thread.setDaemon(true);
        thread.start();
    }

    /** The number of clients so far. */
    long aborted() {
        return aborted;
    }

    @Override
    public void close() {
        stopping = true;
    }

    private void run() {
        for (int number = 0; !stopping; number++) {
            abort(number % REQUESTS.size());
            aborted = number + 1L;
            Delay.sleep(INTERVAL);
        }
    }

    private void abort(int index) {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(TIMEOUT_MILLIS);
            client.getOutputStream().write(REQUESTS.get(index));
            if (index == IN_RESPONSE) {
                var unused = client.getInputStream().read();
            }
            // Closing with SO_LINGER 0 sends a RST (socket(7)).
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            // The connection has ended anyway. The load shows whether the balancer still serves.
        }
    }

    private static byte[] request(String request, String field, String body) {
        return (request + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + field + "\r\n" + body).getBytes(US_ASCII);
    }
}
