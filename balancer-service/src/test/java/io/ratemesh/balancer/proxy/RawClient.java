package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;

/** A client that sends exactly the bytes of the test. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5000;

    private final Socket socket;
    private final StringBuilder unread = new StringBuilder();

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    int localPort() {
        return socket.getLocalPort();
    }

    RawClient send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return this;
    }

    /** Reads up to and including some text; what was read so far where the connection ends before. */
    String readTo(String end) throws IOException {
        byte[] buffer = new byte[4096];
        int at = unread.indexOf(end);
        while (at < 0) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                throw new IOException("ended after: " + unread);
            }
            unread.append(new String(buffer, 0, read, ISO_8859_1));
            at = unread.indexOf(end);
        }
        String text = unread.substring(0, at + end.length());
        unread.delete(0, at + end.length());
        return text;
    }

    /** Reads until the other side closes. */
    String readAll() throws IOException {
        byte[] buffer = new byte[4096];
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                unread.append(new String(buffer, 0, read, ISO_8859_1));
            }
        } catch (java.net.SocketException reset) {
            // A reset ends it, too.
        }
        String text = unread.toString();
        unread.setLength(0);
        return text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
