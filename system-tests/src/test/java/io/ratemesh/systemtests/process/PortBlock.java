package io.ratemesh.systemtests.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports next to each other, for one cluster.
 *
 * <pre>
 *   first ........................ first + 99   first + 100 ...
 *   Hazelcast takes what it finds here          handed out one by one
 * </pre>
 */
public final class PortBlock {

    /** The ports that Hazelcast searches for other nodes. */
    private static final int CLUSTER_PORTS = 100;

    private static final int SINGLE_PORTS = 10;
    private static final int SIZE = CLUSTER_PORTS + SINGLE_PORTS;

    /** Below 32768, from where on Linux gives ports to outgoing connections: none can slip in between. */
    private static final int LOWEST = 10_240;

    private static final int HIGHEST = 32_768 - SIZE;
    private static final int TRIES = 1000;

    private final int first;
    private int handedOut;

    private PortBlock(int first) {
        this.first = first;
    }

    /** Finds a block of free ports. */
    public static PortBlock find() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (allFree(first)) {
                return new PortBlock(first);
            }
        }
        throw new AssertionError("no " + SIZE + " free ports in a row");
    }

    /** The first port for the cluster. */
    public int cluster() {
        return first;
    }

    /** One more port for something else. */
    public int next() {
        if (handedOut == SINGLE_PORTS) {
            throw new AssertionError("all " + SINGLE_PORTS + " single ports are handed out");
        }
        return first + CLUSTER_PORTS + handedOut++;
    }

    private static boolean allFree(int first) {
        for (int port = first; port < first + SIZE; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!probe.isBound()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
