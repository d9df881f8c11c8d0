package io.ratemesh.node.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machines that respond at the start of a node. Hazelcast asks each of their ports before a node joins, and waits for seconds where
 * nothing responds, so that a machine that is off would delay the start of every other node by more than a minute. What is left out is
 * found later by {@link MergeSearch}.
 */
final class ReachableMachines {

    private static final Logger LOG = LoggerFactory.getLogger(ReachableMachines.class);

    private ReachableMachines() {}

    /**
     * Leaves out the machines that do not respond. Blocks for at most the timeout per address.
     *
     * @param machines names or addresses; one alone, and one without an address at the moment, stay
     * @param port the first port of members; a refused connection is a response too
     */
    static List<String> of(List<String> machines, int port, int timeoutMillis) {
        return machines.size() == 1
                ? machines
                : machines.stream()
                        .filter(machine -> responds(machine, port, timeoutMillis))
                        .toList();
    }

    private static boolean responds(String machine, int port, int timeoutMillis) {
        try {
            for (InetAddress address : InetAddress.getAllByName(machine)) {
                if (responds(new InetSocketAddress(address, port), timeoutMillis)) {
                    return true;
                }
            }
        } catch (UnknownHostException e) {
            return true;
        }
        LOG.warn("cluster.members: {} does not respond; the nodes there are looked for again every 2 s", machine);
        return false;
    }

    private static boolean responds(InetSocketAddress address, int timeoutMillis) {
        try (Socket socket = new Socket()) {
            socket.connect(address, timeoutMillis);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // Refused by the machine, or no route to it, which Hazelcast notices at once too.
            return true;
        }
    }
}
