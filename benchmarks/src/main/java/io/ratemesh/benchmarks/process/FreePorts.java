package io.ratemesh.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Unused TCP ports of this machine. */
public final class FreePorts {

    /** Below the ports that Linux gives to outgoing connections. */
    private static final int LOWEST = 10_000;

    private static final int HIGHEST = 32_000;

    private FreePorts() {}

    /** Returns a random unused port. */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (BindException e) {
                // In use: try another one.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
