package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that responds as the path says, with the framing and the size of the body: {@code /length/300000}, {@code /chunked/5} or
 * {@code /close/0}. It responds before it reads the body of a request.
 */
final class ByteServer implements AutoCloseable {

    private static final String LENGTH = "content-length: ";
    private static final int CHUNK = 10_007;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ByteServer() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The body of that size. */
    static byte[] body(int size) {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) (i * 31 + (i >> 13));
        }
        return body;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String line = line(in);
            while (!line.isEmpty()) {
                String target = line.split(" ", -1)[1];
                long length = 0;
                while (!line.isEmpty()) {
                    line = line(in);
                    if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                        length = Long.parseLong(line.substring(LENGTH.length()));
                    }
                }
                String[] path = target.split("/", -1);
                respond(socket.getOutputStream(), path[1], Integer.parseInt(path[2]));
                if (path[1].equals("close")) {
                    return;
                }
                in.skipNBytes(length);
                line = line(in);
            }
        } catch (IOException e) {
            // What a server sees of a broken connection is seen by the test at the other end.
        }
    }

    private static void respond(OutputStream socket, String framing, int size) throws IOException {
        OutputStream out = new BufferedOutputStream(socket, 64 * 1024);
        byte[] body = body(size);
        write(
                out,
                "HTTP/1.1 200 OK\r\n"
                        + switch (framing) {
                            case "length" -> "Content-Length: " + size + "\r\n\r\n";
                            case "chunked" -> "Transfer-Encoding: chunked\r\n\r\n";
                            default -> "\r\n";
                        });
        for (int at = 0; at < size; at += CHUNK) {
            int length = Math.min(CHUNK, size - at);
            if (framing.equals("chunked")) {
                write(out, Integer.toHexString(length) + "\r\n");
            }
            out.write(body, at, length);
            if (framing.equals("chunked")) {
                write(out, "\r\n");
            }
        }
        if (framing.equals("chunked")) {
            write(out, "0\r\n\r\n");
        }
        out.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
