package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RequestGrammar;
import io.ratemesh.balancer.http.RequestGrammar.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a request byte by byte, each once. Where the bytes end it stops, and continues there later. It implements the grammar of
 * lines (RFC 9112 §2 to §5); {@link RequestHead} checks the parts.
 *
 * <pre>
 *   [CRLF] METHOD SP TARGET SP VERSION CRLF *( NAME ":" VALUE CRLF ) CRLF
 * </pre>
 *
 * One empty line before a request line is skipped (RFC 9112 §2.2).
 */
final class HeadScanner {

    /** How far the head is read. */
    enum Progress {
        MORE_NEEDED,
        COMPLETE,
        REJECTED
    }

    private static final String VERSION_BEGIN = "HTTP/";
    private static final int VERSION_LENGTH = 8;

    private enum Part {
        BEGIN,
        EMPTY_LINE_END,
        METHOD,
        TARGET_BEGIN,
        PATH,
        QUERY,
        OTHER_TARGET,
        VERSION,
        REQUEST_LINE_CR,
        REQUEST_LINE_LF,
        FIELD_BEGIN,
        NAME,
        VALUE,
        FIELD_LF,
        LAST_LF,
        COMPLETE
    }

    private final RequestHead head = new RequestHead();
    private Part part = Part.BEGIN;

    /** Bytes read. This and the following positions count from the begin of the head. */
    private int at;

    /** Where the part begins that is being read; -1 before its first byte. */
    private int mark;

    /** Where the field lines begin; 0 before the request line is complete. */
    private int fieldsFrom;

    private int fields;
    private int major;
    private boolean suspicious;
    private @Nullable Field field;
    private @Nullable RefusalReason reason;

    private void reset() {
        head.reset();
        part = Part.BEGIN;
        at = 0;
        mark = 0;
        fieldsFrom = 0;
        fields = 0;
        suspicious = false;
        field = null;
        reason = null;
    }

    /** The head: whole once COMPLETE, and kept until the next one begins. */
    RequestHead head() {
        return head;
    }

    /** Bytes read: once COMPLETE, the length of the head. */
    int length() {
        return at;
    }

    /** Why it is REJECTED, else null. */
    @Nullable
    RefusalReason reason() {
        return reason;
    }

    /**
     * Continues where it stopped; once COMPLETE, with the next head.
     *
     * @param bytes the head from its begin on, as far as it has arrived
     * @param base where the head begins
     * @param to where the bytes end
     */
    Progress scan(byte[] bytes, int base, int to) {
        if (part == Part.COMPLETE) {
            reset();
        }
        int i = base + at;
        while (i < to && reason == null && part != Part.COMPLETE) {
            i = switch (part) {
                case BEGIN -> begin(bytes, i);
                case EMPTY_LINE_END -> lineEnd(bytes, i, Part.METHOD, base);
                case METHOD -> method(bytes, base, i, to);
                case TARGET_BEGIN -> targetBegin(bytes, i);
                case PATH -> path(bytes, base, i, to);
                case QUERY -> query(bytes, base, i, to);
                case OTHER_TARGET -> otherTarget(bytes, base, i, to);
                case VERSION -> version(bytes, base, i, to);
                case REQUEST_LINE_CR -> carriageReturn(bytes, i);
                case REQUEST_LINE_LF -> requestLineEnd(bytes, base, i);
                case FIELD_BEGIN -> fieldBegin(bytes, base, i);
                case NAME -> name(bytes, base, i, to);
                case VALUE -> value(bytes, base, i, to);
                case FIELD_LF -> fieldEnd(bytes, base, i);
                case LAST_LF -> lastLine(bytes, base, i);
                case COMPLETE -> i;
            };
        }
        at = i - base;
        if (reason == null) {
            reason = tooLong();
        }
        if (reason != null) {
            return Progress.REJECTED;
        }
        return part == Part.COMPLETE ? Progress.COMPLETE : Progress.MORE_NEEDED;
    }

    private @Nullable RefusalReason tooLong() {
        if (fieldsFrom == 0) {
            return at > RequestGrammar.MAX_TARGET ? RefusalReason.TARGET_TOO_LONG : null;
        }
        return at - fieldsFrom > RequestGrammar.MAX_FIELD_BYTES ? RefusalReason.FIELDS_TOO_LARGE : null;
    }

    private int reject(int i, @Nullable RefusalReason because) {
        reason = because;
        return i;
    }

    private int begin(byte[] bytes, int i) {
        if (bytes[i] == '\r') {
            part = Part.EMPTY_LINE_END;
            return i + 1;
        }
        part = Part.METHOD;
        return i;
    }

    private int lineEnd(byte[] bytes, int i, Part next, int base) {
        if (bytes[i] != '\n') {
            return reject(i, RefusalReason.LINE_END_INVALID);
        }
        part = next;
        mark = i + 1 - base;
        return i + 1;
    }

    private int method(byte[] bytes, int base, int from, int to) {
        int i = ByteClasses.end(bytes, from, to, ByteClasses.TOKEN);
        if (i == to) {
            return i;
        }
        if (bytes[i] != ' ' || i == base + mark) {
            return reject(i, RefusalReason.METHOD_INVALID);
        }
        part = Part.TARGET_BEGIN;
        return reject(i + 1, head.method(bytes, base, base + mark, i));
    }

    private int targetBegin(byte[] bytes, int i) {
        part = bytes[i] == '/' ? Part.PATH : Part.OTHER_TARGET;
        mark = -1;
        return i;
    }

    private int path(byte[] bytes, int base, int from, int to) {
        int i = from;
        markBegin(i, base);
        for (; i < to; i++) {
            byte b = bytes[i];
            if (ByteClasses.is(b, ByteClasses.PLAIN_PATH)) {
                continue;
            }
            // A dot matters at the begin of a segment. Every path begins with a slash, so there is a byte before the
            // dot.
            if (b == '.') {
                suspicious |= bytes[i - 1] == '/';
            } else if (b == '%' || b == '\\') {
                suspicious = true;
            } else if (b == '?') {
                part = Part.QUERY;
                return i;
            } else {
                return targetEnd(bytes, i, head.path(bytes, base, base + mark, i, suspicious));
            }
        }
        return i;
    }

    private int query(byte[] bytes, int base, int from, int to) {
        int i = ByteClasses.end(bytes, from, to, ByteClasses.TARGET);
        return i == to ? i : targetEnd(bytes, i, head.path(bytes, base, base + mark, i, suspicious));
    }

    private int otherTarget(byte[] bytes, int base, int from, int to) {
        markBegin(from, base);
        int i = ByteClasses.end(bytes, from, to, ByteClasses.TARGET);
        if (i == to) {
            return i;
        }
        return targetEnd(bytes, i, bytes[i] == ' ' ? head.otherTarget(bytes, base, base + mark, i) : null);
    }

    private void markBegin(int i, int base) {
        if (mark < 0) {
            mark = i - base;
        }
    }

    private int targetEnd(byte[] bytes, int i, @Nullable RefusalReason checked) {
        byte b = bytes[i];
        if (b == ' ') {
            part = Part.VERSION;
            mark = -1;
            return reject(i + 1, checked);
        }
        // A line that ends here is of HTTP/0.9.
        return reject(i, b == '\r' || b == '\n' ? RefusalReason.VERSION_INVALID : RefusalReason.TARGET_INVALID);
    }

    private int version(byte[] bytes, int base, int from, int to) {
        markBegin(from, base);
        int i = from;
        for (int nth = i - base - mark; i < to && nth < VERSION_LENGTH; i++, nth++) {
            if (!versionHas(nth, bytes[i])) {
                return reject(i, RefusalReason.VERSION_INVALID);
            }
        }
        if (i - base - mark < VERSION_LENGTH) {
            return i;
        }
        part = Part.REQUEST_LINE_CR;
        return reject(i, head.version(major, bytes[i - 1] - '0'));
    }

    private boolean versionHas(int nth, byte b) {
        boolean digit = b >= '0' && b <= '9';
        if (nth == VERSION_BEGIN.length() && digit) {
            major = b - '0';
        }
        return switch (nth) {
            case 5, 7 -> digit;
            case 6 -> b == '.';
            default -> b == VERSION_BEGIN.charAt(nth);
        };
    }

    private int carriageReturn(byte[] bytes, int i) {
        if (bytes[i] != '\r') {
            return reject(i, bytes[i] == '\n' ? RefusalReason.LINE_END_INVALID : RefusalReason.VERSION_INVALID);
        }
        part = Part.REQUEST_LINE_LF;
        return i + 1;
    }

    private int requestLineEnd(byte[] bytes, int base, int i) {
        at = i + 1 - base;
        if (at > RequestGrammar.MAX_TARGET) {
            return reject(i, RefusalReason.TARGET_TOO_LONG);
        }
        fieldsFrom = at;
        return lineEnd(bytes, i, Part.FIELD_BEGIN, base);
    }

    private int fieldBegin(byte[] bytes, int base, int i) {
        byte b = bytes[i];
        if (b == '\r') {
            part = Part.LAST_LF;
            return i + 1;
        }
        if (b == ' ' || b == '\t') {
            return reject(i, RefusalReason.FIELD_FOLDED);
        }
        part = Part.NAME;
        mark = i - base;
        return i;
    }

    private int name(byte[] bytes, int base, int from, int to) {
        int i = ByteClasses.end(bytes, from, to, ByteClasses.TOKEN);
        if (i == to) {
            return i;
        }
        if (bytes[i] != ':' || i == base + mark) {
            return reject(i, RefusalReason.FIELD_NAME_INVALID);
        }
        field = RequestGrammar.field(bytes, base + mark, i);
        part = Part.VALUE;
        mark = i + 1 - base;
        return i + 1;
    }

    private int value(byte[] bytes, int base, int from, int to) {
        int i = ByteClasses.end(bytes, from, to, ByteClasses.VALUE);
        if (i == to) {
            return i;
        }
        if (bytes[i] != '\r') {
            return reject(i, bytes[i] == '\n' ? RefusalReason.LINE_END_INVALID : RefusalReason.FIELD_VALUE_INVALID);
        }
        part = Part.FIELD_LF;
        return field == null ? i + 1 : reject(i + 1, head.value(field, bytes, base, base + mark, i));
    }

    private int fieldEnd(byte[] bytes, int base, int i) {
        fields++;
        if (fields > RequestGrammar.MAX_FIELDS || i + 1 - base - fieldsFrom > RequestGrammar.MAX_FIELD_BYTES) {
            return reject(i, RefusalReason.FIELDS_TOO_LARGE);
        }
        return lineEnd(bytes, i, Part.FIELD_BEGIN, base);
    }

    private int lastLine(byte[] bytes, int base, int i) {
        int next = lineEnd(bytes, i, Part.COMPLETE, base);
        return reason != null ? next : reject(next, head.end(bytes, base));
    }
}
