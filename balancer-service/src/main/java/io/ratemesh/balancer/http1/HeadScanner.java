package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http1.RequestHead.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a request octet by octet, once each, and stops wherever the octets end, to go on there later. It
 * knows the grammar of lines (RFC 9112 §2 to §5); what the parts mean is judged by {@link RequestHead}.
 *
 * <pre>
 *   [CRLF] METHOD SP TARGET SP VERSION CRLF *( NAME ":" VALUE CRLF ) CRLF
 * </pre>
 *
 * One empty line before a request line is passed over, as RFC 9112 §2.2 asks for.
 */
final class HeadScanner {

    /** How far it came. */
    enum Progress {
        MORE_NEEDED,
        COMPLETE,
        REFUSED
    }

    /** Longest request line, its end included. */
    static final int MAX_REQUEST_LINE = 8 * 1024;

    /** All field lines together, their ends and the empty line included. */
    static final int MAX_FIELD_BYTES = 16 * 1024;

    static final int MAX_FIELDS = 100;

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
    private int at;
    private int mark;
    private int fieldsFrom;
    private int fields;
    private int major;
    private boolean doubtful;
    private @Nullable Field field;
    private @Nullable RefusalReason reason;

    private void reset() {
        head.reset();
        part = Part.BEGIN;
        at = 0;
        mark = 0;
        fieldsFrom = 0;
        fields = 0;
        doubtful = false;
        field = null;
        reason = null;
    }

    /** What was read: whole once COMPLETE, and then kept until the next head begins. */
    RequestHead head() {
        return head;
    }

    /** Octets read: once COMPLETE the length of the head. */
    int length() {
        return at;
    }

    /** Why it was REFUSED, else null. */
    @Nullable
    RefusalReason reason() {
        return reason;
    }

    /**
     * Goes on where it stopped; once COMPLETE, with the next head.
     *
     * @param octets the head from its begin, with what came since
     * @param base where the head begins
     * @param to where the octets end
     */
    Progress scan(byte[] octets, int base, int to) {
        if (part == Part.COMPLETE) {
            reset();
        }
        int i = base + at;
        while (i < to && reason == null && part != Part.COMPLETE) {
            i = switch (part) {
                case BEGIN -> begin(octets, i);
                case EMPTY_LINE_END -> lineEnd(octets, i, Part.METHOD, base);
                case METHOD -> method(octets, base, i, to);
                case TARGET_BEGIN -> targetBegin(octets, i);
                case PATH -> path(octets, base, i, to);
                case QUERY -> query(octets, base, i, to);
                case OTHER_TARGET -> otherTarget(octets, base, i, to);
                case VERSION -> version(octets, base, i, to);
                case REQUEST_LINE_CR -> carriageReturn(octets, i);
                case REQUEST_LINE_LF -> requestLineEnd(octets, base, i);
                case FIELD_BEGIN -> fieldBegin(octets, base, i);
                case NAME -> name(octets, base, i, to);
                case VALUE -> value(octets, base, i, to);
                case FIELD_LF -> fieldEnd(octets, base, i);
                case LAST_LF -> lastLine(octets, base, i);
                case COMPLETE -> i;
            };
        }
        at = i - base;
        if (reason == null) {
            reason = tooLong();
        }
        if (reason != null) {
            return Progress.REFUSED;
        }
        return part == Part.COMPLETE ? Progress.COMPLETE : Progress.MORE_NEEDED;
    }

    private @Nullable RefusalReason tooLong() {
        if (fieldsFrom == 0) {
            return at > MAX_REQUEST_LINE ? RefusalReason.TARGET_TOO_LONG : null;
        }
        return at - fieldsFrom > MAX_FIELD_BYTES ? RefusalReason.FIELDS_TOO_LARGE : null;
    }

    private int refuse(int i, @Nullable RefusalReason because) {
        reason = because;
        return i;
    }

    private int begin(byte[] octets, int i) {
        if (octets[i] == '\r') {
            part = Part.EMPTY_LINE_END;
            return i + 1;
        }
        part = Part.METHOD;
        return i;
    }

    private int lineEnd(byte[] octets, int i, Part next, int base) {
        if (octets[i] != '\n') {
            return refuse(i, RefusalReason.LINE_END_INVALID);
        }
        part = next;
        mark = i + 1 - base;
        return i + 1;
    }

    private int method(byte[] octets, int base, int from, int to) {
        int i = from;
        while (i < to && ByteClasses.is(octets[i], ByteClasses.TOKEN)) {
            i++;
        }
        if (i == to) {
            return i;
        }
        if (octets[i] != ' ' || i == base + mark) {
            return refuse(i, RefusalReason.METHOD_INVALID);
        }
        part = Part.TARGET_BEGIN;
        return refuse(i + 1, head.method(octets, base, base + mark, i));
    }

    private int targetBegin(byte[] octets, int i) {
        part = octets[i] == '/' ? Part.PATH : Part.OTHER_TARGET;
        mark = -1;
        return i;
    }

    private int path(byte[] octets, int base, int from, int to) {
        int i = from;
        begunAt(i, base);
        for (; i < to; i++) {
            byte octet = octets[i];
            if (ByteClasses.is(octet, ByteClasses.PLAIN_PATH)) {
                continue;
            }
            // A dot matters where a segment begins; there is none before the slash with which each path begins.
            if (octet == '.') {
                doubtful |= octets[i - 1] == '/';
            } else if (octet == '%' || octet == '\\') {
                doubtful = true;
            } else if (octet == '?') {
                part = Part.QUERY;
                return i;
            } else {
                return targetEnd(octets, i, head.path(octets, base, base + mark, i, doubtful));
            }
        }
        return i;
    }

    private int query(byte[] octets, int base, int from, int to) {
        int i = target(octets, from, to);
        return i == to ? i : targetEnd(octets, i, head.path(octets, base, base + mark, i, doubtful));
    }

    private int otherTarget(byte[] octets, int base, int from, int to) {
        begunAt(from, base);
        int i = target(octets, from, to);
        return i == to || octets[i] != ' '
                ? targetEndOrMore(octets, i, to)
                : targetEnd(octets, i, head.otherTarget(octets, base, base + mark, i));
    }

    private int targetEndOrMore(byte[] octets, int i, int to) {
        return i == to ? i : targetEnd(octets, i, null);
    }

    private void begunAt(int i, int base) {
        if (mark < 0) {
            mark = i - base;
        }
    }

    private static int target(byte[] octets, int from, int to) {
        int i = from;
        while (i < to && ByteClasses.is(octets[i], ByteClasses.TARGET)) {
            i++;
        }
        return i;
    }

    private int targetEnd(byte[] octets, int i, @Nullable RefusalReason judged) {
        byte octet = octets[i];
        if (octet == ' ') {
            part = Part.VERSION;
            mark = -1;
            return refuse(i + 1, judged);
        }
        // A line that ends here is one of HTTP/0.9.
        return refuse(i, octet == '\r' || octet == '\n' ? RefusalReason.VERSION_INVALID : RefusalReason.TARGET_INVALID);
    }

    private int version(byte[] octets, int base, int from, int to) {
        begunAt(from, base);
        int i = from;
        for (int nth = i - base - mark; i < to && nth < VERSION_LENGTH; i++, nth++) {
            if (!versionHas(nth, octets[i])) {
                return refuse(i, RefusalReason.VERSION_INVALID);
            }
        }
        if (i - base - mark < VERSION_LENGTH) {
            return i;
        }
        part = Part.REQUEST_LINE_CR;
        return refuse(i, head.version(major, octets[i - 1] - '0'));
    }

    private boolean versionHas(int nth, byte octet) {
        boolean digit = octet >= '0' && octet <= '9';
        if (nth == VERSION_BEGIN.length() && digit) {
            major = octet - '0';
        }
        return switch (nth) {
            case 5, 7 -> digit;
            case 6 -> octet == '.';
            default -> octet == VERSION_BEGIN.charAt(nth);
        };
    }

    private int carriageReturn(byte[] octets, int i) {
        if (octets[i] != '\r') {
            return refuse(i, octets[i] == '\n' ? RefusalReason.LINE_END_INVALID : RefusalReason.VERSION_INVALID);
        }
        part = Part.REQUEST_LINE_LF;
        return i + 1;
    }

    private int requestLineEnd(byte[] octets, int base, int i) {
        at = i + 1 - base;
        if (at > MAX_REQUEST_LINE) {
            return refuse(i, RefusalReason.TARGET_TOO_LONG);
        }
        fieldsFrom = at;
        return lineEnd(octets, i, Part.FIELD_BEGIN, base);
    }

    private int fieldBegin(byte[] octets, int base, int i) {
        byte octet = octets[i];
        if (octet == '\r') {
            part = Part.LAST_LF;
            return i + 1;
        }
        if (octet == ' ' || octet == '\t') {
            return refuse(i, RefusalReason.FIELD_FOLDED);
        }
        part = Part.NAME;
        mark = i - base;
        return i;
    }

    private int name(byte[] octets, int base, int from, int to) {
        int i = from;
        while (i < to && ByteClasses.is(octets[i], ByteClasses.TOKEN)) {
            i++;
        }
        if (i == to) {
            return i;
        }
        if (octets[i] != ':' || i == base + mark) {
            return refuse(i, RefusalReason.FIELD_NAME_INVALID);
        }
        field = RequestHead.field(octets, base + mark, i);
        part = Part.VALUE;
        mark = i + 1 - base;
        return i + 1;
    }

    private int value(byte[] octets, int base, int from, int to) {
        int i = from;
        while (i < to && ByteClasses.is(octets[i], ByteClasses.VALUE)) {
            i++;
        }
        if (i == to) {
            return i;
        }
        if (octets[i] != '\r') {
            return refuse(i, octets[i] == '\n' ? RefusalReason.LINE_END_INVALID : RefusalReason.FIELD_VALUE_INVALID);
        }
        part = Part.FIELD_LF;
        return field == null ? i + 1 : refuse(i + 1, head.value(field, octets, base, base + mark, i));
    }

    private int fieldEnd(byte[] octets, int base, int i) {
        fields++;
        if (fields > MAX_FIELDS || i + 1 - base - fieldsFrom > MAX_FIELD_BYTES) {
            return refuse(i, RefusalReason.FIELDS_TOO_LARGE);
        }
        return lineEnd(octets, i, Part.FIELD_BEGIN, base);
    }

    private int lastLine(byte[] octets, int base, int i) {
        int next = lineEnd(octets, i, Part.COMPLETE, base);
        return reason != null ? next : refuse(next, head.end(octets, base));
    }
}
