package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/2 that writes any frames, valid or not: fields as literals without an index (RFC 7541 §6.2.2). */
public final class RawHttp2 implements AutoCloseable {

    public static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** That a HEADERS frame begins with what is said of its priority. */
    static final int PRIORITY = 0x20;

    static final int PRIORITY_BYTES = 5;

    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Socket socket;
    private final DataInputStream in;

    /** What is to go out in one piece; null where each frame goes by itself. */
    private @Nullable ByteArrayOutputStream together;

    /** A frame that came. */
    record Frame(int type, int flags, int stream, Buffer payload) {

        String text() {
            return payload.toString(ISO_8859_1);
        }

        /** The fields of HEADERS, decoded with what came before on the connection. */
        Http2Headers fields(DefaultHttp2HeadersDecoder decoder) throws IOException {
            try {
                Buffer block = (flags & PRIORITY) == 0 ? payload : payload.slice(5, payload.length());
                return decoder.decodeHeaders(stream, VertxMessages.bytes(block));
            } catch (Http2Exception e) {
                throw new IOException(e);
            }
        }

        /** The error of a RST_STREAM. */
        int error() {
            return payload.getInt(0);
        }
    }

    public RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(PREFACE.getBytes(ISO_8859_1));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** For the heads of one connection, as large as they may come. */
    static DefaultHttp2HeadersDecoder decoder() {
        return new DefaultHttp2HeadersDecoder(false, 64 * 1024);
    }

    public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(payload.length >> 16);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        out.write(stream >> 24);
        out.write(stream >> 16);
        out.write(stream >> 8);
        out.write(stream);
        out.write(payload);
        ByteArrayOutputStream gathered = together;
        if (gathered != null) {
            gathered.write(out.toByteArray());
            return;
        }
        socket.getOutputStream().write(out.toByteArray());
        socket.getOutputStream().flush();
    }

    /** Writes frames. */
    @FunctionalInterface
    interface Frames {
        void write() throws IOException;
    }

    /** Sends some frames in one piece. */
    void together(Frames frames) throws IOException {
        ByteArrayOutputStream gathered = new ByteArrayOutputStream();
        together = gathered;
        frames.write();
        together = null;
        socket.getOutputStream().write(gathered.toByteArray());
        socket.getOutputStream().flush();
    }

    /** A head; names and values by turns. */
    public void head(int stream, boolean end, String... fields) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            literal(block, fields[i]);
            literal(block, fields[i + 1]);
        }
        frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block.toByteArray());
    }

    /** A head that is good but for what is added or, where a pseudo field is named, changed. */
    void get(int stream, String... more) throws IOException {
        java.util.Map<String, String> pseudo = new java.util.LinkedHashMap<>();
        pseudo.put(":method", "GET");
        pseudo.put(":scheme", "https");
        pseudo.put(":path", "/x");
        pseudo.put(":authority", "127.0.0.1");
        java.util.List<String> fields = new java.util.ArrayList<>();
        for (int i = 0; i < more.length; i += 2) {
            if (more[i].startsWith(":")) {
                pseudo.put(more[i], more[i + 1]);
            } else {
                fields.add(more[i]);
                fields.add(more[i + 1]);
            }
        }
        java.util.List<String> all = new java.util.ArrayList<>();
        pseudo.forEach((name, value) -> {
            if (!value.isEmpty()) {
                all.add(name);
                all.add(value);
            }
        });
        all.addAll(fields);
        head(stream, true, all.toArray(String[]::new));
    }

    /** The next frame of a stream, whatever else comes before it; fails where the connection ends before. */
    Frame next(int stream) throws IOException {
        while (true) {
            Frame frame = any();
            if (frame.stream() == stream) {
                return frame;
            }
        }
    }

    /** The body of a stream, to its end. */
    String body(int stream) throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            Frame frame = next(stream);
            if (frame.type() == DATA) {
                body.append(frame.text());
            }
            if (frame.type() == RST_STREAM) {
                throw new IOException("reset: " + frame.error());
            }
            if (frame.type() <= HEADERS && (frame.flags() & END_STREAM) != 0) {
                return body.toString();
            }
        }
    }

    Frame any() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, Buffer.buffer(payload));
    }

    private static void literal(ByteArrayOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        int length = bytes.length;
        if (length < 127) {
            out.write(length);
        } else {
            out.write(127);
            length -= 127;
            while (length >= 128) {
                out.write(length % 128 + 128);
                length /= 128;
            }
            out.write(length);
        }
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
