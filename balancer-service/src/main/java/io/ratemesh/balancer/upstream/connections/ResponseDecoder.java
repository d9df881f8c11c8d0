package io.ratemesh.balancer.upstream.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.ChunkExtensionScanner;
import java.util.Arrays;
import java.util.List;

/**
 * Reads responses by the grammar of RFC 9112 and nothing beside it: what another reader could take for something else is passed on as
 * a message or content whose decoder result is a failure, and no byte after it is read. The one thing that is put right is white space
 * before a colon, which a proxy has to remove (RFC 9112 §5.1).
 *
 * <pre>
 *   STATUS_LINE --> FIELDS --length--> COUNTED
 *        ^             |----chunked--> CHUNK_SIZE --> CHUNK_DATA --> CHUNK_END --> CHUNK_SIZE
 *        |             |                   +--0--> TRAILERS
 *        |             |----neither--> UNTIL_CLOSE
 *        +--the end of each, and 1xx   +--101--> OPAQUE
 * </pre>
 */
final class ResponseDecoder extends ByteToMessageDecoder {

    private enum State {
        STATUS_LINE,
        FIELDS,
        COUNTED,
        UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILERS,
        OPAQUE,
        MALFORMED
    }

    /** Of a head, or of all trailers, line ends included. */
    private static final int MAX_FIELD_BYTES = 16 * 1024;

    /** Of the line before a chunk: a size, and extensions that nobody uses. */
    private static final int MAX_CHUNK_LINE = 512;

    private static final int MAX_CHUNK_DIGITS = 16;
    private static final int MAX_PART_BYTES = 16 * 1024;
    private static final int USUAL_LINE = 128;
    private static final int NOT_WHOLE = -1;

    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int LAST_STATUS = 599;

    private static final String VERSION_1 = "HTTP/1.";
    private static final String CHUNKED = "chunked";
    private static final int CONTENT_LENGTH = 14;
    private static final int TRANSFER_ENCODING = 17;

    /** Names and values are judged here. */
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    /** Stands for a head that has not come yet. */
    private static final HttpResponse NONE = malformed();

    private final UpstreamConnection connection;
    private final ChunkExtensionScanner extensions = new ChunkExtensionScanner();
    private State state = State.STATUS_LINE;

    /** The line that was read last; what is here of a line that is not whole stays in the buffer. */
    private byte[] line = new byte[USUAL_LINE];

    /** Bytes of the line in the buffer among which is no line feed. */
    private int seen;

    /** Bytes of the lines that count together. */
    private int lineBytes;

    /** Where the value of the field begins that was read last. */
    private int valueFrom;

    private HttpResponse head = NONE;
    private HttpHeaders trailers = LastHttpContent.EMPTY_LAST_CONTENT.trailingHeaders();
    private long length;
    private boolean chunked;

    ResponseDecoder(UpstreamConnection connection) {
        this.connection = connection;
    }

    /** Whether bytes came that belong to no response that is whole. */
    boolean hasBegun() {
        return state != State.STATUS_LINE || actualReadableBytes() > 0;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        try {
            switch (state) {
                case STATUS_LINE -> statusLine(in);
                case FIELDS -> field(in, out);
                case COUNTED, CHUNK_DATA -> data(in, out);
                case UNTIL_CLOSE -> out.add(new DefaultHttpContent(part(in, Long.MAX_VALUE)));
                case CHUNK_SIZE -> chunkSize(in);
                case CHUNK_END -> chunkEnd(in);
                case TRAILERS -> trailer(in, out);
                case OPAQUE -> {}
                case MALFORMED -> in.skipBytes(in.readableBytes());
            }
        } catch (Malformed e) {
            in.skipBytes(in.readableBytes());
            out.add(failure(e));
            state = State.MALFORMED;
        }
    }

    /** A body that has no other end ends with the connection, but not with one that was broken off (RFC 9112 §8). */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(ctx, in, out);
        if (state == State.UNTIL_CLOSE && !connection.brokenOff()) {
            end(out, LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private Object failure(Malformed why) {
        if (state == State.STATUS_LINE || state == State.FIELDS) {
            HttpResponse wrong = malformed();
            wrong.setDecoderResult(DecoderResult.failure(why));
            return wrong;
        }
        HttpContent wrong = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
        wrong.setDecoderResult(DecoderResult.failure(why));
        return wrong;
    }

    private static HttpResponse malformed() {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_GATEWAY, HEADERS);
    }

    /** Reads a line; returns its length without its end, which is always CR and LF, or {@link #NOT_WHOLE}. */
    private int line(ByteBuf in, int most) {
        int from = in.readerIndex();
        int end = in.indexOf(from + seen, in.writerIndex(), (byte) '\n') + 1;
        int size = (end == 0 ? in.writerIndex() : end) - from;
        if (lineBytes + size > most) {
            throw new Malformed("too long");
        }
        if (end == 0) {
            seen = size;
            return NOT_WHOLE;
        }
        seen = 0;
        lineBytes += size;
        if (line.length < size) {
            line = Arrays.copyOf(line, Math.max(size, 2 * line.length));
        }
        in.readBytes(line, 0, size);
        if (size < 2 || line[size - 2] != '\r') {
            // RFC 9112 §2.2 would allow it. Of two readers, one of which does not, the other would see another message.
            throw new Malformed("a line does not end with CR and LF");
        }
        return size - 2;
    }

    private void statusLine(ByteBuf in) {
        int to = line(in, MAX_FIELD_BYTES);
        if (to == NOT_WHOLE) {
            // Other protocols may have no lines: that it is another is seen at once.
            for (int i = 0; i < Math.min(in.readableBytes(), VERSION_1.length()); i++) {
                expect(in.getByte(in.readerIndex() + i) == VERSION_1.charAt(i), "not HTTP/1");
            }
            return;
        }
        head = new DefaultHttpResponse(version(to), status(to), HEADERS);
        length = ResponseHead.UNKNOWN;
        chunked = false;
        state = State.FIELDS;
    }

    /** A minor version beyond 1 is one that was made to be read as 1 (RFC 9110 §2.5). */
    private HttpVersion version(int to) {
        expect(to >= VERSION_1.length() + 5, "no status line");
        for (int i = 0; i < VERSION_1.length(); i++) {
            expect(line[i] == VERSION_1.charAt(i), "not HTTP/1");
        }
        int minor = digit(line[VERSION_1.length()]);
        expect(minor >= 0, "not HTTP/1");
        return minor == 0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    }

    /** The blank behind the status is missing in many a server that has no reason to say. */
    private HttpResponseStatus status(int to) {
        int from = VERSION_1.length() + 1;
        expect(line[from] == ' ', "no status line");
        int status = 0;
        for (int i = from + 1; i < from + 4; i++) {
            int digit = digit(line[i]);
            expect(digit >= 0, "the status is no number");
            status = status * 10 + digit;
        }
        expect(status >= CONTINUE && status <= LAST_STATUS, "the status is out of range");
        int reasonFrom = from + 5;
        if (to < reasonFrom) {
            return HttpResponseStatus.valueOf(status, "");
        }
        expect(line[reasonFrom - 1] == ' ', "the status is no number");
        return HttpResponseStatus.valueOf(status, text(reasonFrom, to));
    }

    private void field(ByteBuf in, List<Object> out) {
        int to = line(in, MAX_FIELD_BYTES);
        if (to > 0) {
            int colon = field(head.headers(), to);
            if (colon == CONTENT_LENGTH && isNamed("content-length")) {
                length(to);
            } else if (colon == TRANSFER_ENCODING && isNamed("transfer-encoding")) {
                coding(to);
            }
        } else if (to == 0) {
            lineBytes = 0;
            headEnds(out);
        }
    }

    /** Takes a field line apart; returns where its name ends. */
    private int field(HttpHeaders to, int end) {
        int nameEnd = 0;
        while (nameEnd < end && ByteClasses.is(line[nameEnd], ByteClasses.TOKEN)) {
            nameEnd++;
        }
        expect(nameEnd > 0, "a field without a name, or one that goes on in a second line");
        int colon = nameEnd;
        while (colon < end && isBlank(line[colon])) {
            colon++;
        }
        expect(colon < end && line[colon] == ':', "no colon behind a field's name");
        valueFrom = colon + 1;
        while (valueFrom < end && isBlank(line[valueFrom])) {
            valueFrom++;
        }
        to.add(new AsciiString(line, 0, nameEnd, true), text(valueFrom, valueEnd(end)));
        return nameEnd;
    }

    private boolean isNamed(String name) {
        return ByteClasses.same(line, 0, name.length(), name);
    }

    private int valueEnd(int end) {
        int to = end;
        while (to > valueFrom && isBlank(line[to - 1])) {
            to--;
        }
        return to;
    }

    /** One number, once: RFC 9110 §8.6 would allow a list of equal ones. */
    private void length(int end) {
        int to = valueEnd(end);
        expect(length == ResponseHead.UNKNOWN && to > valueFrom, "Content-Length is not one number");
        length = 0;
        for (int i = valueFrom; i < to; i++) {
            int digit = digit(line[i]);
            expect(digit >= 0 && length <= (Long.MAX_VALUE - digit) / 10, "Content-Length is not one number");
            length = length * 10 + digit;
        }
    }

    private void coding(int end) {
        expect(
                !chunked && ByteClasses.same(line, valueFrom, valueEnd(end), CHUNKED),
                "the only transfer coding is chunked, once");
        chunked = true;
    }

    /** What follows the head (RFC 9112 §6.3). */
    private void headEnds(List<Object> out) {
        int status = head.status().code();
        boolean old = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        expect(!chunked || (!old && length == ResponseHead.UNKNOWN), "chunked in HTTP/1.0 or beside Content-Length");
        boolean bodiless = status < FIRST_FINAL || status == NO_CONTENT || status == RESET_CONTENT;
        expect(!bodiless || length <= 0, "a length where there is no body");
        expect(status >= FIRST_FINAL || !chunked, "chunked where there is no body");
        HttpResponse whole = head;
        out.add(whole);
        if (status == SWITCHING_PROTOCOLS) {
            state = State.OPAQUE;
        } else if (status < FIRST_FINAL) {
            state = State.STATUS_LINE;
        } else if (connection.expectsHeadOnly() || ResponseHead.bodiless(status) || (length == 0 && !chunked)) {
            end(out, LastHttpContent.EMPTY_LAST_CONTENT);
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else {
            state = length > 0 ? State.COUNTED : State.UNTIL_CLOSE;
        }
    }

    private void end(List<Object> out, LastHttpContent last) {
        out.add(last);
        state = State.STATUS_LINE;
        lineBytes = 0;
    }

    private ByteBuf part(ByteBuf in, long most) {
        expect(head.status().code() != RESET_CONTENT, "a body where there is none");
        int size = Math.min(in.readableBytes(), MAX_PART_BYTES);
        return in.readRetainedSlice((int) Math.min(size, most));
    }

    private void data(ByteBuf in, List<Object> out) {
        ByteBuf part = part(in, length);
        length -= part.readableBytes();
        if (length > 0) {
            out.add(new DefaultHttpContent(part));
        } else if (state == State.COUNTED) {
            end(out, new DefaultLastHttpContent(part, HEADERS));
        } else {
            out.add(new DefaultHttpContent(part));
            state = State.CHUNK_END;
        }
    }

    private void chunkSize(ByteBuf in) {
        lineBytes = 0;
        int to = line(in, MAX_CHUNK_LINE);
        if (to == NOT_WHOLE) {
            return;
        }
        lineBytes = 0;
        length = 0;
        int i = 0;
        for (; i < to && Character.digit(line[i], 16) >= 0; i++) {
            length = length * 16 + Character.digit(line[i], 16);
            expect(i < MAX_CHUNK_DIGITS && length <= Integer.MAX_VALUE, "the size of a chunk is out of range");
        }
        expect(i > 0, "the size of a chunk is no number");
        if (i < to) {
            chunkExtensions(i, to);
        }
        state = length > 0 ? State.CHUNK_DATA : State.TRAILERS;
    }

    /** Nobody uses them, and they go no further; they are only held to their grammar. */
    private void chunkExtensions(int from, int to) {
        extensions.reset();
        for (int i = from; i < to; i++) {
            expect(extensions.next(line[i]), "what follows the size of a chunk is no extension");
        }
        expect(extensions.canEnd(), "an extension of a chunk is not whole");
    }

    private void chunkEnd(ByteBuf in) {
        if (in.getByte(in.readerIndex()) == '\r' && in.readableBytes() == 1) {
            return;
        }
        expect(in.readByte() == '\r' && in.readByte() == '\n', "a chunk is not as long as it says");
        state = State.CHUNK_SIZE;
    }

    private void trailer(ByteBuf in, List<Object> out) {
        int to = line(in, MAX_FIELD_BYTES);
        if (to > 0) {
            if (trailers.isEmpty()) {
                trailers = HEADERS.newHeaders();
            }
            field(trailers, to);
        } else if (to == 0) {
            LastHttpContent last = LastHttpContent.EMPTY_LAST_CONTENT;
            if (!trailers.isEmpty()) {
                last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers);
                trailers = LastHttpContent.EMPTY_LAST_CONTENT.trailingHeaders();
            }
            end(out, last);
        }
    }

    /** Text of a value or a reason phrase; octets beyond ASCII stay as they are (RFC 9110 §5.5). */
    private String text(int from, int to) {
        for (int i = from; i < to; i++) {
            expect(ByteClasses.is(line[i], ByteClasses.VALUE), "a control character");
        }
        return new String(line, from, to - from, ISO_8859_1);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static int digit(byte octet) {
        return (octet >= '0' && octet <= '9') ? octet - '0' : -1;
    }

    private static void expect(boolean good, String otherwise) {
        if (!good) {
            throw new Malformed(otherwise);
        }
    }

    /** Why a response is malformed. */
    private static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }
}
