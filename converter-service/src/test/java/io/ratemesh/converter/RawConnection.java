package io.ratemesh.converter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A TCP connection for arbitrary bytes. */
public final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    /** A connection to a port of this machine. */
    public static RawConnection to(int port) {
        return open(port, 0);
    }

    /** A connection with a small receive buffer, so that a reader lags soon. */
    public static RawConnection narrow(int port) {
        return open(port, 4096);
    }

    private static RawConnection open(int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends; line ends are written as {@code \n} and sent as CR LF. */
    public RawConnection send(String text) {
        try {
            socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads up to {@code end}, or to the end of the connection. */
    public String readUntil(String end) {
        try {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            byte[] tail = end.getBytes(ISO_8859_1);
            int b = in.read();
            while (b >= 0) {
                read.write(b);
                if (b == tail[tail.length - 1] && read.toString(ISO_8859_1).endsWith(end)) {
                    break;
                }
                b = in.read();
            }
            return read.toString(ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one response with a Content-Length. */
    public String readResponse() {
        String head = readUntil("\r\n\r\n");
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        head.substring(at + 16, head.indexOf("\r\n", at)).strip());
        try {
            return head + new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server closes the connection without another byte. */
    public boolean isClosedByPeer() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
