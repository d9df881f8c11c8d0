package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** One end of a connection, a client's or an upstream's, of which the test writes every byte. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;

    RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
    }

    static RawConnection to(int port) throws IOException {
        return new RawConnection(new Socket("127.0.0.1", port));
    }

    RawConnection send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return this;
    }

    /** Reads up to and including some text; fails where the connection ends before. */
    String readTo(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (text.indexOf(end) < 0) {
            int value = in.read();
            if (value < 0) {
                throw new IOException("ended after: " + text);
            }
            text.append((char) value);
        }
        return text.toString();
    }

    /** Reads a head up to its empty line. */
    String head() throws IOException {
        return readTo("\r\n\r\n");
    }

    /** What comes until the other side ends; fails where that resets. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Whether nothing is here to be read yet. */
    boolean isSilent() throws IOException {
        return socket.getInputStream().available() == 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
