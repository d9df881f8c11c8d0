package io.ratemesh.balancer.guard;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Set;
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

    private static final int MAX_TRAILER_BYTES = 16 * 1024;
    private static final int MAX_TRAILERS = 100;
    private static final int LONGEST_FORBIDDEN = 32;

    /** What says how to read, route, or trust a message, or what its content is (RFC 9110 §6.5.1). */
    private static final Set<String> FORBIDDEN_TRAILERS = Set.of(
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "keep-alive",
            "max-forwards",
            "pragma",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "www-authenticate",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-request-id");

    private enum Part {
        DONE,
        COUNTED,
        SIZE,
        BEFORE_EXTENSION,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_BEGIN,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        LAST_LF
    }

    private Part part = Part.DONE;
    private long left;
    private int digits;
    private int extension;
    private int extensions;
    private int trailers;
    private int trailerBytes;
    private final StringBuilder name = new StringBuilder(0);
    private @Nullable Reason reason;

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
        trailers = 0;
        trailerBytes = 0;
    }

    /** Whether nothing of the body is to come. */
    boolean done() {
        return part == Part.DONE;
    }

    /** Why the body is refused, else null. */
    @Nullable
    Reason reason() {
        return reason;
    }

    /** Goes on where it stopped; returns up to where octets are the body's, or where the first wrong one is. */
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
                reason = between(octets.getByte(i));
                if (reason == null) {
                    i++;
                }
            }
        }
        return i;
    }

    private @Nullable Reason between(byte octet) {
        return switch (part) {
            case SIZE -> size(octet);
            case BEFORE_EXTENSION, EXTENSION -> extension(octet);
            case SIZE_LF -> sizeEnd(octet);
            case DATA_CR -> expect('\r', octet, Part.DATA_LF);
            case DATA_LF -> nextChunk(octet);
            case TRAILER_BEGIN, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF -> trailer(octet);
            case LAST_LF -> expect('\n', octet, Part.DONE);
            case DONE, COUNTED, DATA -> null;
        };
    }

    private @Nullable Reason expect(char expected, byte octet, Part next) {
        part = next;
        return octet == expected ? null : Reason.CHUNK_INVALID;
    }

    private @Nullable Reason size(byte octet) {
        int digit = Octets.hex(octet);
        if (digit < 0) {
            extension = 0;
            return digits == 0 ? Reason.CHUNK_INVALID : afterSize(octet);
        }
        left = left * 16 + digit;
        digits++;
        return left > Integer.MAX_VALUE || digits > MAX_SIZE_DIGITS ? Reason.CHUNK_INVALID : null;
    }

    private @Nullable Reason afterSize(byte octet) {
        if (octet == '\r') {
            part = Part.SIZE_LF;
            return null;
        }
        if (octet == ';') {
            part = Part.EXTENSION;
            return null;
        }
        part = Part.BEFORE_EXTENSION;
        return octet == ' ' || octet == '\t' ? null : Reason.CHUNK_INVALID;
    }

    /** White space may stand before the semicolon, but no line ends with it (RFC 9112 §7.1.1). */
    private @Nullable Reason extension(byte octet) {
        extension++;
        extensions++;
        if (extension > MAX_EXTENSION || extensions > MAX_EXTENSIONS) {
            return Reason.CHUNK_EXTENSIONS_TOO_LONG;
        }
        if (part == Part.BEFORE_EXTENSION) {
            return octet == '\r' ? Reason.CHUNK_INVALID : afterSize(octet);
        }
        if (octet == '\r') {
            part = Part.SIZE_LF;
            return null;
        }
        return octet >= 0 && Octets.is(octet, Octets.VALUE) ? null : Reason.CHUNK_INVALID;
    }

    private @Nullable Reason sizeEnd(byte octet) {
        return expect('\n', octet, left == 0 ? Part.TRAILER_BEGIN : Part.DATA);
    }

    private @Nullable Reason nextChunk(byte octet) {
        left = 0;
        digits = 0;
        return expect('\n', octet, Part.SIZE);
    }

    private @Nullable Reason trailer(byte octet) {
        trailerBytes++;
        if (trailerBytes > MAX_TRAILER_BYTES) {
            return Reason.FIELDS_TOO_LARGE;
        }
        return switch (part) {
            case TRAILER_BEGIN -> trailerBegin(octet);
            case TRAILER_NAME -> trailerName(octet);
            case TRAILER_VALUE -> trailerValue(octet);
            default -> octet == '\n' ? trailerEnd() : Reason.LINE_END_INVALID;
        };
    }

    private @Nullable Reason trailerBegin(byte octet) {
        if (octet == '\r') {
            part = Part.LAST_LF;
            return null;
        }
        if (octet == ' ' || octet == '\t') {
            return Reason.FIELD_FOLDED;
        }
        part = Part.TRAILER_NAME;
        name.setLength(0);
        return trailerName(octet);
    }

    private @Nullable Reason trailerName(byte octet) {
        if (Octets.is(octet, Octets.TOKEN)) {
            if (name.length() <= LONGEST_FORBIDDEN) {
                name.append((char) octet);
            }
            return null;
        }
        if (octet != ':' || name.length() == 0) {
            return Reason.FIELD_NAME_INVALID;
        }
        part = Part.TRAILER_VALUE;
        return FORBIDDEN_TRAILERS.contains(name.toString().toLowerCase(Locale.ROOT))
                ? Reason.TRAILER_NOT_ALLOWED
                : null;
    }

    private @Nullable Reason trailerValue(byte octet) {
        if (octet == '\r') {
            part = Part.TRAILER_LF;
            return null;
        }
        if (octet == '\n') {
            return Reason.LINE_END_INVALID;
        }
        return Octets.is(octet, Octets.VALUE) ? null : Reason.FIELD_VALUE_INVALID;
    }

    private @Nullable Reason trailerEnd() {
        trailers++;
        part = Part.TRAILER_BEGIN;
        return trailers > MAX_TRAILERS ? Reason.FIELDS_TOO_LARGE : null;
    }
}
