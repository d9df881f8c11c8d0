package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.ChunkExtensionScanner;
import io.ratemesh.balancer.http.RefusalReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the body of a request by its framing (RFC 9112 §6 and §7). Where the bytes end it stops, and continues there later. It skips
 * the content and reads only what is between chunks.
 */
final class BodyScanner {

    /** Bytes of extensions in one chunk's line. No extension is in use, so this is generous. */
    static final int MAX_EXTENSION = 256;

    /** Bytes of extensions in all lines of a body: a long one with each byte of content is an attack. */
    static final int MAX_EXTENSIONS = 16 * 1024;

    /** Digits of a chunk's size, leading zeros included. The size is below 2^31. */
    private static final int MAX_SIZE_DIGITS = 16;

    /** Is a valid extension name by itself. */
    private static final char MASK = 'x';

    private enum Part {
        DONE,
        COUNTED,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS
    }

    private Part part = Part.DONE;
    private long left;
    private int digits;
    private int extension;
    private int extensions;
    private final ChunkExtensionScanner extensionScanner = new ChunkExtensionScanner();
    private final TrailerScanner trailers = new TrailerScanner();
    private @Nullable RefusalReason reason;

    /** Begins a body of known length, 0 or more bytes. */
    void beginCounted(long length) {
        left = length;
        part = length == 0 ? Part.DONE : Part.COUNTED;
    }

    /** Begins a chunked body. */
    void beginChunked() {
        part = Part.SIZE;
        left = 0;
        digits = 0;
        extensions = 0;
        trailers.reset();
    }

    /** Whether the body is complete. */
    boolean isDone() {
        return part == Part.DONE;
    }

    /** Returns the trailers of the body, once; nearly always none. */
    List<Map.Entry<String, String>> takeTrailers() {
        return trailers.take();
    }

    /** Why the body is rejected, else null. */
    @Nullable
    RefusalReason reason() {
        return reason;
    }

    /**
     * Continues where it stopped; returns where the body ends so far, or the position of the first wrong byte. Extensions of chunks are
     * masked in place once they are read: they have no meaning here (RFC 9112 §7.1.1), and the decoder, whose grammar is narrower, fails
     * at some that are valid.
     */
    int scan(ByteBuf bytes, int from, int to) {
        int i = from;
        while (i < to && reason == null && part != Part.DONE) {
            if (part == Part.COUNTED || part == Part.DATA) {
                int step = (int) Math.min(left, to - i);
                i += step;
                left -= step;
                if (left == 0) {
                    part = part == Part.DATA ? Part.DATA_CR : Part.DONE;
                }
            } else {
                byte b = bytes.getByte(i);
                boolean masked = part == Part.EXTENSION && extensionScanner.hasBegun() && b != '\r';
                reason = between(b);
                if (reason == null) {
                    if (masked) {
                        bytes.setByte(i, MASK);
                    }
                    i++;
                }
            }
        }
        return i;
    }

    private @Nullable RefusalReason between(byte b) {
        return switch (part) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> sizeEnd(b);
            case DATA_CR -> expect('\r', b, Part.DATA_LF);
            case DATA_LF -> nextChunk(b);
            case TRAILERS -> trailer(b);
            case DONE, COUNTED, DATA -> null;
        };
    }

    private @Nullable RefusalReason expect(char expected, byte b, Part next) {
        part = next;
        return b == expected ? null : RefusalReason.CHUNK_INVALID;
    }

    private @Nullable RefusalReason size(byte b) {
        int digit = ByteClasses.hex(b);
        if (digit < 0) {
            return digits == 0 ? RefusalReason.CHUNK_INVALID : afterSize(b);
        }
        left = left * 16 + digit;
        digits++;
        return left > Integer.MAX_VALUE || digits > MAX_SIZE_DIGITS ? RefusalReason.CHUNK_INVALID : null;
    }

    private @Nullable RefusalReason afterSize(byte b) {
        if (b == '\r') {
            part = Part.SIZE_LF;
            return null;
        }
        part = Part.EXTENSION;
        extension = 0;
        extensionScanner.reset();
        return extensionScanner.next(b) ? null : RefusalReason.CHUNK_INVALID;
    }

    private @Nullable RefusalReason extension(byte b) {
        if (b == '\r') {
            part = Part.SIZE_LF;
            return extensionScanner.canEnd() ? null : RefusalReason.CHUNK_INVALID;
        }
        extension++;
        extensions++;
        if (extension > MAX_EXTENSION || extensions > MAX_EXTENSIONS) {
            return RefusalReason.CHUNK_EXTENSIONS_TOO_LONG;
        }
        return extensionScanner.next(b) ? null : RefusalReason.CHUNK_INVALID;
    }

    private @Nullable RefusalReason sizeEnd(byte b) {
        return expect('\n', b, left == 0 ? Part.TRAILERS : Part.DATA);
    }

    private @Nullable RefusalReason nextChunk(byte b) {
        left = 0;
        digits = 0;
        return expect('\n', b, Part.SIZE);
    }

    private @Nullable RefusalReason trailer(byte b) {
        RefusalReason checked = trailers.next(b);
        if (trailers.isDone()) {
            part = Part.DONE;
        }
        return checked;
    }
}
