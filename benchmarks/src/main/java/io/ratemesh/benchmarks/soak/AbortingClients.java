package io.ratemesh.benchmarks.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import io.ratemesh.benchmarks.process.PausedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** Clients that go away in the middle, one after the other, by a RST: of a request's body, of waiting, of an answer's body. */
final class AbortingClients implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final int PATIENCE_MILLIS = 5000;

    private static final List<byte[]> BEGINNINGS = List.of(
            bytes("POST " + RatemeshBalancer.PATH + Stubs.UPLOAD, "Content-Length: 100000\r\n", "x".repeat(1000)),
            bytes("GET " + RatemeshBalancer.TARGET, "", ""),
            bytes("GET " + RatemeshBalancer.PATH + Stubs.LARGE, "", ""));

    /** Of which the answer begins before the client goes. */
    private static final int READING = 2;

    private final int port;
    private final Thread thread = new Thread(this::run, "quitters");
    private volatile boolean stopping;
    private volatile long gone;

    /** Begins. */
    AbortingClients(int port) {
        this.port = port;
        thread.setDaemon(true);
        thread.start();
    }

    /** How many came and went. */
    long gone() {
        return gone;
    }

    @Override
    public void close() {
        stopping = true;
    }

    private void run() {
        for (int number = 0; !stopping; number++) {
            quit(number % BEGINNINGS.size());
            gone = number + 1L;
            PausedProcess.of(BETWEEN);
        }
    }

    private void quit(int kind) {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(PATIENCE_MILLIS);
            client.getOutputStream().write(BEGINNINGS.get(kind));
            if (kind == READING) {
                var unused = client.getInputStream().read();
            }
            // Closing with unsent data thrown away is a RST (socket(7), SO_LINGER).
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            // It wanted to go anyway; whether the front door still serves is for the others to tell.
        }
    }

    private static byte[] bytes(String request, String field, String body) {
        return (request + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + field + "\r\n" + body).getBytes(US_ASCII);
    }
}
