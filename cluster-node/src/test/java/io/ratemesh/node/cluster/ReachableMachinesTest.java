package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachableMachinesTest {

    private static final int TIMEOUT_MILLIS = 300;

    @Test
    void a_machine_that_does_not_respond_is_left_out() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            while (queue.size() < 16 && connects(full, queue)) {
                // The kernel drops further connections, as a machine that is off does.
            }

            assertThat(ReachableMachines.of(List.of("127.0.0.1", "127.0.0.2"), full.getLocalPort(), TIMEOUT_MILLIS))
                    .containsExactly("127.0.0.1");
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    void a_machine_without_nodes_and_one_without_an_address_stay() throws IOException {
        int closed;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            closed = server.getLocalPort();
        }

        assertThat(ReachableMachines.of(List.of("127.0.0.2", "missing.invalid"), closed, TIMEOUT_MILLIS))
                .containsExactly("127.0.0.2", "missing.invalid");
    }

    private static boolean connects(ServerSocket server, List<Socket> queue) throws IOException {
        Socket socket = new Socket();
        queue.add(socket);
        try {
            socket.connect(server.getLocalSocketAddress(), TIMEOUT_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
