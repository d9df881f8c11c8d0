package io.ratemesh.balancer.upstream.connections;

import static io.ratemesh.balancer.upstream.connections.MalformedResponse.require;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.ratemesh.balancer.http.ChunkExtensionScanner;
import java.util.List;

/**
 * Decodes responses by the grammar of RFC 9112, strictly: what another recipient could read in another way becomes a message or content
 * whose decoder result is a failure, and no byte after it is read.
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

    /** Of a head, or of all trailers, with line ends. */
    private static final int MAX_FIELD_BYTES = 16 * 1024;

    /** Of the line before a chunk: a size, and extensions, which are hardly ever used. */
    private static final int MAX_CHUNK_LINE_BYTES = 512;

    private static final int MAX_CHUNK_DIGITS = 16;
    private static final int MAX_PART_BYTES = 16 * 1024;

    private static final HttpHeaders NO_TRAILERS = LastHttpContent.EMPTY_LAST_CONTENT.trailingHeaders();

    private final Http1Connection connection;
    private final PipelinedRequests requests;
    private final LineReader lines = new LineReader();
    private final ResponseHeadParser parser = new ResponseHeadParser();
    private final ChunkExtensionScanner extensions = new ChunkExtensionScanner();
    private State state = State.STATUS_LINE;
    private HttpHeaders trailers = NO_TRAILERS;

    /** Bytes of the content or of the chunk that are not received yet. */
    private long remaining;

    ResponseDecoder(Http1Connection connection, PipelinedRequests requests) {
        this.connection = connection;
        this.requests = requests;
    }

    /** Whether bytes were received that belong to no complete response. */
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
        } catch (MalformedResponse e) {
            in.skipBytes(in.readableBytes());
            out.add(failure(e));
            state = State.MALFORMED;
        }
    }

    /** Content without another end ends with the connection, but not with one that was aborted (RFC 9112 §8). */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(ctx, in, out);
        if (state == State.UNTIL_CLOSE && !connection.isAborted()) {
            end(out, LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private HttpObject failure(MalformedResponse why) {
        HttpObject invalid = state == State.STATUS_LINE || state == State.FIELDS
                ? ResponseHeadParser.invalidHead()
                : new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
        invalid.setDecoderResult(DecoderResult.failure(why));
        return invalid;
    }

    private void statusLine(ByteBuf in) {
        int end = lines.read(in, MAX_FIELD_BYTES);
        if (end == LineReader.INCOMPLETE) {
            ResponseHeadParser.checkStart(in);
        } else {
            parser.statusLine(lines.line(), end);
            state = State.FIELDS;
        }
    }

    private void field(ByteBuf in, List<Object> out) {
        int end = lines.read(in, MAX_FIELD_BYTES);
        if (end > 0) {
            parser.field(lines.line(), end);
        } else if (end == 0) {
            lines.resetSize();
            headComplete(out);
        }
    }

    /** What follows the head (RFC 9112 §6.3). */
    private void headComplete(List<Object> out) {
        parser.checkFraming();
        out.add(parser.head());
        remaining = parser.length();
        if (parser.isUpgrade()) {
            state = State.OPAQUE;
        } else if (parser.isInterim()) {
            state = State.STATUS_LINE;
        } else if (isHeadRequest()
                || ResponseHead.hasNoContent(parser.head().status().code())
                || (remaining == 0 && !parser.isChunked())) {
            end(out, LastHttpContent.EMPTY_LAST_CONTENT);
        } else if (parser.isChunked()) {
            state = State.CHUNK_SIZE;
        } else {
            state = remaining > 0 ? State.COUNTED : State.UNTIL_CLOSE;
        }
    }

    private boolean isHeadRequest() {
        ResponseListener listener = requests.first();
        return listener != null && listener.isHeadRequest();
    }

    private void end(List<Object> out, LastHttpContent last) {
        out.add(last);
        state = State.STATUS_LINE;
        lines.resetSize();
    }

    private ByteBuf part(ByteBuf in, long most) {
        require(!parser.forbidsContent(), "content where there is none");
        int size = Math.min(in.readableBytes(), MAX_PART_BYTES);
        return in.readRetainedSlice((int) Math.min(size, most));
    }

    private void data(ByteBuf in, List<Object> out) {
        ByteBuf part = part(in, remaining);
        remaining -= part.readableBytes();
        if (remaining > 0) {
            out.add(new DefaultHttpContent(part));
        } else if (state == State.COUNTED) {
            end(out, new DefaultLastHttpContent(part, NO_TRAILERS));
        } else {
            out.add(new DefaultHttpContent(part));
            state = State.CHUNK_END;
        }
    }

    private void chunkSize(ByteBuf in) {
        lines.resetSize();
        int end = lines.read(in, MAX_CHUNK_LINE_BYTES);
        if (end == LineReader.INCOMPLETE) {
            return;
        }
        lines.resetSize();
        byte[] line = lines.line();
        remaining = 0;
        int i = 0;
        for (; i < end && Character.digit(line[i], 16) >= 0; i++) {
            remaining = remaining * 16 + Character.digit(line[i], 16);
            require(i < MAX_CHUNK_DIGITS && remaining <= Integer.MAX_VALUE, "the size of a chunk is out of range");
        }
        require(i > 0, "the size of a chunk is not a number");
        if (i < end) {
            checkExtensions(line, i, end);
        }
        state = remaining > 0 ? State.CHUNK_DATA : State.TRAILERS;
    }

    /** Extensions are validated, and not passed on. */
    private void checkExtensions(byte[] line, int from, int end) {
        extensions.reset();
        for (int i = from; i < end; i++) {
            require(extensions.next(line[i]), "the size of a chunk is followed by no extension");
        }
        require(extensions.canEnd(), "an extension of a chunk is incomplete");
    }

    private void chunkEnd(ByteBuf in) {
        if (in.getByte(in.readerIndex()) == '\r' && in.readableBytes() == 1) {
            return;
        }
        require(in.readByte() == '\r' && in.readByte() == '\n', "a chunk does not have its size");
        state = State.CHUNK_SIZE;
    }

    private void trailer(ByteBuf in, List<Object> out) {
        int end = lines.read(in, MAX_FIELD_BYTES);
        if (end > 0) {
            if (trailers.isEmpty()) {
                trailers = ResponseHeadParser.FIELDS.newHeaders();
            }
            parser.trailer(trailers, lines.line(), end);
        } else if (end == 0) {
            LastHttpContent last = LastHttpContent.EMPTY_LAST_CONTENT;
            if (!trailers.isEmpty()) {
                last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers);
                trailers = NO_TRAILERS;
            }
            end(out, last);
        }
    }
}
