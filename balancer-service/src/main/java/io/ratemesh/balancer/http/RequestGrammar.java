package io.ratemesh.balancer.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the parts of a request that all versions of HTTP share. A part is a range of bytes in an array. A check returns the
 * reason to reject the request, or null.
 */
public final class RequestGrammar {

    /** Bytes of a method. */
    public static final int MAX_METHOD = 32;

    /** Bytes of a target; in HTTP/1, of the whole request line with its end. */
    public static final int MAX_TARGET = 8 * 1024;

    /** Fields of a head, and fields of a trailer section. */
    public static final int MAX_FIELDS = 100;

    /** Bytes of all field lines in HTTP/1, with their ends and the empty line. */
    public static final int MAX_FIELD_BYTES = 16 * 1024;

    /** The length of a body whose Content-Length is not valid. */
    public static final long INVALID_LENGTH = -1;

    /** The fields that decide how a request is read. */
    public enum Field {
        HOST,
        CONTENT_LENGTH,
        TRANSFER_ENCODING,
        CONNECTION,
        EXPECT
    }

    private RequestGrammar() {}

    /** The field of this name, in any case; null for all that do not decide how a request is read. */
    public static @Nullable Field field(byte[] bytes, int from, int to) {
        return switch (to - from) {
            case 4 -> ByteClasses.same(bytes, from, to, "host") ? Field.HOST : null;
            case 6 -> ByteClasses.same(bytes, from, to, "expect") ? Field.EXPECT : null;
            case 10 -> ByteClasses.same(bytes, from, to, "connection") ? Field.CONNECTION : null;
            case 14 -> ByteClasses.same(bytes, from, to, "content-length") ? Field.CONTENT_LENGTH : null;
            case 17 -> ByteClasses.same(bytes, from, to, "transfer-encoding") ? Field.TRANSFER_ENCODING : null;
            default -> null;
        };
    }

    /** Whether a part is a token (RFC 9110 §5.6.2), and not empty. */
    public static boolean isToken(byte[] bytes, int from, int to) {
        return from < to && ByteClasses.end(bytes, from, to, ByteClasses.TOKEN) == to;
    }

    /**
     * Checks a method that is a token. Every name is allowed (RFC 9110 §9.1) but CONNECT, which makes a tunnel of a proxy, and TRACE,
     * which shows the fields that a proxy adds; in any case of letters, as some servers ignore it.
     */
    public static @Nullable RefusalReason method(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > MAX_METHOD) {
            return RefusalReason.METHOD_TOO_LONG;
        }
        boolean forbidden = (length == 7 && ByteClasses.same(bytes, from, to, "connect"))
                || (length == 5 && ByteClasses.same(bytes, from, to, "trace"));
        return forbidden ? RefusalReason.METHOD_NOT_ALLOWED : null;
    }

    /** Whether a field value has no control characters except tabs (RFC 9110 §5.5). */
    public static boolean isFieldValue(byte[] bytes, int from, int to) {
        return ByteClasses.end(bytes, from, to, ByteClasses.VALUE) == to;
    }

    /** Checks the value of a Host field or of {@code :authority}. */
    public static @Nullable RefusalReason host(byte[] bytes, int from, int to) {
        return Authority.isValid(bytes, from, to) ? null : RefusalReason.HOST_INVALID;
    }

    /** The value of a Content-Length, 0 or more; {@link #INVALID_LENGTH} for all but one decimal number below 2^63. */
    public static long contentLength(byte[] bytes, int from, int to) {
        long length = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || length > (Long.MAX_VALUE - digit) / 10) {
                return INVALID_LENGTH;
            }
            length = length * 10 + digit;
        }
        return from == to ? INVALID_LENGTH : length;
    }

    /** Whether an expectation is the only one there is (RFC 9110 §10.1.1). */
    public static boolean isContinue(byte[] bytes, int from, int to) {
        return ByteClasses.same(bytes, from, to, "100-continue");
    }

    /** Checks the value of an Expect field. An empty one expects nothing. */
    public static @Nullable RefusalReason expectation(byte[] bytes, int from, int to) {
        return from == to || isContinue(bytes, from, to) ? null : RefusalReason.EXPECTATION_UNKNOWN;
    }

    /** Checks the name of a field that is a token and follows a body. */
    public static @Nullable RefusalReason trailer(String name) {
        return TrailerNames.isAllowed(name.toLowerCase(Locale.ROOT)) ? null : RefusalReason.TRAILER_NOT_ALLOWED;
    }
}
