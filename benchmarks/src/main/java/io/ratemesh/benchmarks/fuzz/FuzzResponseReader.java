package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads responses from a connection, one after the other. Bytes that are not HTTP cause an {@link IOException}. */
final class FuzzResponseReader {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int HEX = 16;
    private static final int FIRST_FINAL = 200;

    /**
     * A response.
     *
     * @param closing whether it closes the connection
     * @param stream whether it is a stream of events, which are still to be read
     * @param body empty for a stream
     */
    record Response(int status, boolean closing, boolean stream, String body) {}

    private final InputStream in;

    FuzzResponseReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * Reads the next final response.
     *
     * @param headOnly whether it has no body
     * @return empty if the connection ended before its first byte
     */
    Optional<Response> next(boolean headOnly) throws IOException {
        while (true) {
            Optional<String> head = head();
            if (head.isEmpty()) {
                return Optional.empty();
            }
            String fields = head.get().toLowerCase(Locale.ROOT);
            Matcher status = STATUS.matcher(head.get());
            if (!status.lookingAt()) {
                throw new IOException(
                        "no status line: " + head.get().lines().findFirst().orElse(""));
            }
            int code = Integer.parseInt(status.group(1));
            if (code >= FIRST_FINAL) {
                boolean stream = !headOnly && fields.contains("\r\ncontent-type: text/event-stream\r\n");
                boolean closing = fields.contains("\r\nconnection: close\r\n");
                String body = headOnly || stream || code == NO_CONTENT || code == NOT_MODIFIED ? "" : body(fields);
                return Optional.of(new Response(code, closing, stream, body));
            }
        }
    }

    /** Reads to the end of the next event or of the connection. */
    void skipEvent() throws IOException {
        int before = 0;
        int read = in.read();
        while (read >= 0 && !(read == '\n' && before == '\n')) {
            before = read;
            read = in.read();
        }
    }

    /** Reads to the end of the connection. */
    static String rest(InputStream in) throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    private Optional<String> head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int read = in.read();
            if (read < 0) {
                if (head.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("an incomplete head: " + head.toString(ISO_8859_1));
            }
            head.write(read);
            if (head.size() > MAX_HEAD_BYTES) {
                throw new IOException("a head that is too long");
            }
            ends = read == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
        }
        return Optional.of(head.toString(ISO_8859_1));
    }

    private String body(String fields) throws IOException {
        if (fields.contains("\r\ntransfer-encoding: chunked\r\n")) {
            return chunks();
        }
        int at = fields.indexOf("\r\ncontent-length: ");
        if (at < 0) {
            return rest(in);
        }
        int begin = at + "\r\ncontent-length: ".length();
        return exactly(Integer.parseInt(fields.substring(begin, fields.indexOf('\r', begin))));
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        int size = Integer.parseInt(line(), HEX);
        while (size > 0) {
            body.append(exactly(size));
            line();
            size = Integer.parseInt(line(), HEX);
        }
        line();
        return body.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int read = in.read();
        while (read >= 0 && read != '\n') {
            line.append((char) read);
            read = in.read();
        }
        return line.toString().strip();
    }

    private String exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("an incomplete body");
        }
        return new String(bytes, ISO_8859_1);
    }
}
