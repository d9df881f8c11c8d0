package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends bytes as they are and reads responses one by one. */
final class ResponseReader implements AutoCloseable {

    /** One response: its status, its fields in lower case, its body. */
    record Response(int status, String head, String body) {}

    private static final int TIMEOUT_MILLIS = 5000;

    private final Socket socket;

    ResponseReader(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** Reads as many responses, each to its end. */
    List<Response> read(int count) throws IOException {
        List<Response> responses = new ArrayList<>();
        while (responses.size() < count) {
            responses.add(one());
        }
        return responses;
    }

    /** All that comes until the other side closes. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private Response one() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) b);
        }
        String fields = head.toString().toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(fields.substring(9, 12));
        int at = fields.indexOf("\r\ncontent-length: ");
        int length = at < 0 || status < 200
                ? 0
                : Integer.parseInt(fields.substring(at + 18, fields.indexOf("\r\n", at + 18)));
        return new Response(status, fields, new String(in.readNBytes(length), ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
