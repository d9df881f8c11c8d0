package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** Servers and clients of tests. */
final class TestServers {

    private TestServers() {}

    /** Sends back all that it receives. */
    static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    /** Sends its name and closes. */
    static TcpFixture.Conversation named(String name) {
        return socket -> socket.getOutputStream().write(name.getBytes(US_ASCII));
    }

    /** All that a new client receives without sending anything. */
    static String receive(TcpFixture tcp) throws IOException {
        try (Socket client = tcp.connect()) {
            return new String(client.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    /** A line without its end: a line feed or the end of the connection. */
    static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString();
    }
}
