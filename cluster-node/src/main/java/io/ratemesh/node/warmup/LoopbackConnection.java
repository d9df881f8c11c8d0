package io.ratemesh.node.warmup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** A blocking connection to a port of this process. A client of Vert.x would show in the metrics of the node. */
public final class LoopbackConnection implements AutoCloseable {

    /** The address to listen on. */
    public static final String ADDRESS = "127.0.0.1";

    private static final int TIMEOUT_MILLIS = 5000;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket socket = new Socket();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;

    private LoopbackConnection() {}

    /** Connects. */
    public static LoopbackConnection open(int port) throws IOException {
        LoopbackConnection connection = new LoopbackConnection();
        connection.socket.setTcpNoDelay(true);
        connection.socket.setSoTimeout(TIMEOUT_MILLIS);
        connection.socket.connect(new InetSocketAddress(ADDRESS, port), TIMEOUT_MILLIS);
        return connection;
    }

    /** Sends bytes. */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads, and discards, until the last bytes received are these; fails after five seconds without any. */
    public void readUntil(byte[] end) throws IOException {
        InputStream in = socket.getInputStream();
        length = 0;
        do {
            if (length > BUFFER_BYTES / 2) {
                System.arraycopy(buffer, length - end.length, buffer, 0, end.length);
                length = end.length;
            }
            int read = in.read(buffer, length, BUFFER_BYTES - length);
            if (read < 0) {
                throw new EOFException("the connection was closed before the end of the response");
            }
            length += read;
        } while (!endsWith(end));
    }

    private boolean endsWith(byte[] end) {
        int from = length - end.length;
        return from >= 0 && Arrays.equals(buffer, from, length, end, 0, end.length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
