package io.ratemesh.node.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class StartExceptionTest {

    @Test
    void a_port_that_is_taken_is_named_with_its_address() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket()) {
            assertThat(said(second, holder.getLocalSocketAddress()))
                    .isEqualTo("balancer.http.port: \"127.0.0.1:80\" is in use or not permitted; use a free port");
        }
    }

    @Test
    void an_address_of_another_machine_is_a_fault_of_bind_and_not_of_the_port() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            // RFC 5737: of documentation, so no machine has it.
            assertThat(said(socket, new InetSocketAddress("203.0.113.9", 0)))
                    .isEqualTo(
                            "balancer.http.bind: \"127.0.0.1\" is not an address of this machine; use one of its addresses");
        }
        assertThat(StartException.listening("balancer.tcp[1].port", "nowhere", 80, new UnknownHostException("nowhere")))
                .hasMessage(
                        "balancer.tcp[1].bind: \"nowhere\" is not an address of this machine; use one of its addresses");
    }

    private static String said(ServerSocket socket, java.net.SocketAddress address) throws IOException {
        try {
            socket.bind(address);
            throw new AssertionError("bound");
        } catch (BindException e) {
            return String.valueOf(StartException.listening("balancer.http.port", "127.0.0.1", 80, e)
                    .getMessage());
        }
    }
}
