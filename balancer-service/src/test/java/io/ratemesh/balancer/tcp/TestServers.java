package io.ratemesh.balancer.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** What servers of tests say, and what clients hear. */
final class TestServers {

    private TestServers() {}

    /** Says back all that it hears. */
    static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    /** Says its name and ends. */
    static TcpFixture.Talk named(String name) {
        return socket -> socket.getOutputStream().write(name.getBytes(US_ASCII));
    }

    /** All that a new client hears without a word of its own. */
    static String ask(TcpFixture tcp) throws IOException {
        try (Socket client = tcp.connect()) {
            return new String(client.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    /** A line without its end, which is a line feed or that of the connection. */
    static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString();
    }
}
