package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.ratemesh.balancer.listener.RawHttp2.Frame;
import io.ratemesh.balancer.listener.ResponseCorpus.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client of one HTTP version, which distinguishes a complete response from a cut one as that version allows. */
enum ResponseClient {
    HTTP_1_0 {
        @Override
        Seen send(Socket socket, String method, String target) throws IOException {
            return http1(socket, method, target, "HTTP/1.0");
        }
    },
    HTTP_1_1 {
        @Override
        Seen send(Socket socket, String method, String target) throws IOException {
            return http1(socket, method, target, "HTTP/1.1");
        }
    },
    HTTP_2 {
        @Override
        Seen send(Socket socket, String method, String target) throws IOException {
            return http2(socket, method, target);
        }
    };

    private static final int NO_ERROR = 0;

    /**
     * What a client saw.
     *
     * @param status 0 where no head came
     * @param fields as {@code name: value}, names in lower case
     */
    record Seen(Outcome outcome, int status, List<String> fields, String body) {}

    abstract Seen send(Socket socket, String method, String target) throws IOException;

    /** Sends a request on a connection of its own. */
    Seen send(int port, String method, String target) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            return send(socket, method, target);
        }
    }

    private static Seen http1(Socket socket, String method, String target, String version) throws IOException {
        socket.getOutputStream()
                .write((method + " " + target + " " + version + "\r\nHost: h\r\n\r\n").getBytes(ISO_8859_1));
        ByteReader in = new ByteReader(socket.getInputStream());
        List<String> lines = new ArrayList<>();
        do {
            String line = in.line();
            if (in.ended()) {
                return new Seen(Outcome.CUT, 0, List.of(), "");
            }
            lines.add(line);
        } while (!lines.get(lines.size() - 1).isEmpty());
        int status = Integer.parseInt(lines.get(0).split(" ", 3)[1]);
        List<String> fields = lines.subList(1, lines.size() - 1).stream()
                .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)
                        + line.substring(line.indexOf(':')).replaceFirst(" +$", ""))
                .toList();
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new Seen(Outcome.WHOLE, status, fields, "");
        }
        if (fields.contains("transfer-encoding: chunked")) {
            return chunks(in, status, fields);
        }
        for (String field : fields) {
            if (field.startsWith("content-length: ")) {
                String body = in.text(Integer.parseInt(field.substring(16)));
                return new Seen(in.ended() ? Outcome.CUT : Outcome.WHOLE, status, fields, body);
            }
        }
        String body = in.text(Integer.MAX_VALUE);
        return new Seen(in.reset ? Outcome.CUT : Outcome.WHOLE, status, fields, body);
    }

    private static Seen chunks(ByteReader in, int status, List<String> fields) throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            String size = in.line();
            if (in.ended()) {
                return new Seen(Outcome.CUT, status, fields, body.toString());
            }
            int left = Integer.parseInt(size, 16);
            body.append(in.text(left));
            if (left == 0) {
                for (String trailer = in.line(); !trailer.isEmpty(); trailer = in.line()) {
                    if (in.ended()) {
                        break;
                    }
                }
            } else {
                in.line();
            }
            if (left == 0 || in.ended()) {
                return new Seen(in.ended() ? Outcome.CUT : Outcome.WHOLE, status, fields, body.toString());
            }
        }
    }

    private static Seen http2(Socket socket, String method, String target) throws IOException {
        RawHttp2 http2 = new RawHttp2(socket);
        http2.get(1, ":method", method, ":path", target, ":scheme", "http");
        DefaultHttp2HeadersDecoder decoder = RawHttp2.decoder();
        int status = 0;
        List<String> fields = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        while (true) {
            Frame frame = http2.next(1);
            if (frame.type() == RawHttp2.HEADERS) {
                Http2Headers head = frame.fields(decoder);
                status = head.status() == null
                        ? status
                        : Integer.parseInt(head.status().toString());
                head.forEach(field -> fields.add(field.getKey() + (": " + field.getValue()).replaceFirst(" +$", "")));
            } else if (frame.type() == RawHttp2.DATA) {
                body.append(frame.text());
            } else if (frame.type() == RawHttp2.RST_STREAM) {
                // Clients take a response that was reset without an error for whole.
                return new Seen(
                        frame.error() == NO_ERROR ? Outcome.WHOLE : Outcome.CUT, status, fields, body.toString());
            }
            if (frame.type() <= RawHttp2.HEADERS && (frame.flags() & RawHttp2.END_STREAM) != 0) {
                return new Seen(Outcome.WHOLE, status, fields, body.toString());
            }
        }
    }

    /** What comes, up to its end. */
    private static final class ByteReader {

        private final InputStream in;
        private boolean reset;
        private boolean closed;

        ByteReader(InputStream in) {
            this.in = new java.io.BufferedInputStream(in);
        }

        boolean ended() {
            return reset || closed;
        }

        private int next() throws IOException {
            try {
                int value = in.read();
                closed |= value < 0;
                return value;
            } catch (java.net.SocketException e) {
                reset = true;
                return -1;
            }
        }

        String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int value = next(); value >= 0 && value != '\n'; value = next()) {
                line.append((char) value);
            }
            return line.toString().replaceFirst("\r$", "");
        }

        String text(int length) throws IOException {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            while (text.size() < length && !ended()) {
                int value = next();
                if (value >= 0) {
                    text.write(value);
                }
            }
            return text.toString(ISO_8859_1);
        }
    }
}
