package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RequestGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the trailer section byte by byte, from the last chunk to the empty line (RFC 9112 §7.1.2). */
final class TrailerScanner {

    private enum Part {
        BEGIN,
        NAME,
        VALUE,
        LF,
        LAST_LF,
        DONE
    }

    private final StringBuilder name = new StringBuilder(0);
    private final StringBuilder value = new StringBuilder(0);
    private List<Map.Entry<String, String>> fields = List.of();
    private Part part = Part.BEGIN;
    private int bytes;

    void reset() {
        part = Part.BEGIN;
        fields = List.of();
        bytes = 0;
    }

    /** Returns the fields that have been read, once; nearly always none. */
    List<Map.Entry<String, String>> take() {
        List<Map.Entry<String, String>> taken = fields;
        fields = List.of();
        return taken;
    }

    /** Whether the empty line has been read. */
    boolean isDone() {
        return part == Part.DONE;
    }

    /** Reads the next byte; returns the reason to reject it, or null. */
    @Nullable
    RefusalReason next(byte b) {
        bytes++;
        if (bytes > RequestGrammar.MAX_FIELD_BYTES) {
            return RefusalReason.FIELDS_TOO_LARGE;
        }
        return switch (part) {
            case BEGIN -> begin(b);
            case NAME -> name(b);
            case VALUE -> value(b);
            case LF -> b == '\n' ? end() : RefusalReason.LINE_END_INVALID;
            case LAST_LF -> {
                part = Part.DONE;
                yield b == '\n' ? null : RefusalReason.LINE_END_INVALID;
            }
            case DONE -> throw new IllegalStateException("done");
        };
    }

    private @Nullable RefusalReason begin(byte b) {
        if (b == '\r') {
            part = Part.LAST_LF;
            return null;
        }
        if (b == ' ' || b == '\t') {
            return RefusalReason.FIELD_FOLDED;
        }
        part = Part.NAME;
        name.setLength(0);
        return name(b);
    }

    private @Nullable RefusalReason name(byte b) {
        if (ByteClasses.is(b, ByteClasses.TOKEN)) {
            name.append((char) b);
            return null;
        }
        if (b != ':' || name.length() == 0) {
            return RefusalReason.FIELD_NAME_INVALID;
        }
        part = Part.VALUE;
        value.setLength(0);
        return RequestGrammar.trailer(name.toString());
    }

    private @Nullable RefusalReason value(byte b) {
        if (b == '\r') {
            part = Part.LF;
            return null;
        }
        if (b == '\n') {
            return RefusalReason.LINE_END_INVALID;
        }
        value.append((char) (b & 0xff));
        return ByteClasses.is(b, ByteClasses.VALUE) ? null : RefusalReason.FIELD_VALUE_INVALID;
    }

    private @Nullable RefusalReason end() {
        fields = fields.isEmpty() ? new ArrayList<>() : fields;
        fields.add(Map.entry(name.toString(), value.toString().strip()));
        part = Part.BEGIN;
        return fields.size() > RequestGrammar.MAX_FIELDS ? RefusalReason.FIELDS_TOO_LARGE : null;
    }
}
