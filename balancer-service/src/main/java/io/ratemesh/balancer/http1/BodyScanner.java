package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.ChunkExtensionScanner;
import io.ratemesh.balancer.http.RefusalReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the body of a request by its framing (RFC 9112 §6 and §7) and stops wherever the octets end, to go on there
 * later. The octets of the body itself are stepped over, only what is between chunks is read.
 */
final class BodyScanner {

    /** In one chunk's line. No extension is in use, so this is generous. */
    static final int MAX_EXTENSION = 256;

    /** In all lines of a body: one octet a chunk with a long extension each is an attack. */
    static final int MAX_EXTENSIONS = 16 * 1024;

    /** Digits, leading zeros included; the number is below 2^31. */
    private static final int MAX_SIZE_DIGITS = 16;

    /** A name of an extension by itself. */
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

    /** Begins a body of known length, which may be 0. */
    void counted(long length) {
        left = length;
        part = length == 0 ? Part.DONE : Part.COUNTED;
    }

    /** Begins a body of chunks. */
    void chunked() {
        part = Part.SIZE;
        left = 0;
        digits = 0;
        extensions = 0;
        trailers.reset();
    }

    /** Whether nothing of the body is to come. */
    boolean done() {
        return part == Part.DONE;
    }

    /** Hands over what followed the last chunk; nearly always nothing. */
    List<Map.Entry<String, String>> takeTrailers() {
        return trailers.take();
    }

    /** Why the body is refused, else null. */
    @Nullable
    RefusalReason reason() {
        return reason;
    }

    /**
     * Goes on where it stopped; returns up to where octets are the body's, or where the first wrong one is. Extensions of chunks are
     * masked in place once they are read: they mean nothing to anybody here (RFC 9112 §7.1.1), and a decoder behind this that reads
     * them by a grammar of its own would give up on some that are well formed.
     */
    int scan(ByteBuf octets, int from, int to) {
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
                byte octet = octets.getByte(i);
                boolean masked = part == Part.EXTENSION && extensionScanner.begun() && octet != '\r';
                reason = between(octet);
                if (reason == null) {
                    if (masked) {
                        octets.setByte(i, MASK);
                    }
                    i++;
                }
            }
        }
        return i;
    }

    private @Nullable RefusalReason between(byte octet) {
        return switch (part) {
            case SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case SIZE_LF -> sizeEnd(octet);
            case DATA_CR -> expect('\r', octet, Part.DATA_LF);
            case DATA_LF -> nextChunk(octet);
            case TRAILERS -> trailer(octet);
            case DONE, COUNTED, DATA -> null;
        };
    }

    private @Nullable RefusalReason expect(char expected, byte octet, Part next) {
        part = next;
        return octet == expected ? null : RefusalReason.CHUNK_INVALID;
    }

    private @Nullable RefusalReason size(byte octet) {
        int digit = ByteClasses.hex(octet);
        if (digit < 0) {
            return digits == 0 ? RefusalReason.CHUNK_INVALID : afterSize(octet);
        }
        left = left * 16 + digit;
        digits++;
        return left > Integer.MAX_VALUE || digits > MAX_SIZE_DIGITS ? RefusalReason.CHUNK_INVALID : null;
    }

    private @Nullable RefusalReason afterSize(byte octet) {
        if (octet == '\r') {
            part = Part.SIZE_LF;
            return null;
        }
        part = Part.EXTENSION;
        extension = 0;
        extensionScanner.reset();
        return extensionScanner.next(octet) ? null : RefusalReason.CHUNK_INVALID;
    }

    private @Nullable RefusalReason extension(byte octet) {
        if (octet == '\r') {
            part = Part.SIZE_LF;
            return extensionScanner.mayEnd() ? null : RefusalReason.CHUNK_INVALID;
        }
        extension++;
        extensions++;
        if (extension > MAX_EXTENSION || extensions > MAX_EXTENSIONS) {
            return RefusalReason.CHUNK_EXTENSIONS_TOO_LONG;
        }
        return extensionScanner.next(octet) ? null : RefusalReason.CHUNK_INVALID;
    }

    private @Nullable RefusalReason sizeEnd(byte octet) {
        return expect('\n', octet, left == 0 ? Part.TRAILERS : Part.DATA);
    }

    private @Nullable RefusalReason nextChunk(byte octet) {
        left = 0;
        digits = 0;
        return expect('\n', octet, Part.SIZE);
    }

    private @Nullable RefusalReason trailer(byte octet) {
        RefusalReason judged = trailers.next(octet);
        if (trailers.done()) {
            part = Part.DONE;
        }
        return judged;
    }
}
