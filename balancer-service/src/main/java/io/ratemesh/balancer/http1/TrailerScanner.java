package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.ByteClasses;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.TrailerNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and keeps the trailers behind the last chunk, octet by octet, up to and with the empty line (RFC 9112 §7.1.2). */
final class TrailerScanner {

    /** All lines together, their ends and the empty line included. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_TRAILERS = 100;

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

    /** Hands over what has been read; nearly always nothing. */
    List<Map.Entry<String, String>> take() {
        List<Map.Entry<String, String>> taken = fields;
        fields = List.of();
        return taken;
    }

    /** Whether the empty line has been read. */
    boolean done() {
        return part == Part.DONE;
    }

    /** Reads one octet more; null if it may stand there. */
    @Nullable
    RefusalReason next(byte octet) {
        bytes++;
        if (bytes > MAX_BYTES) {
            return RefusalReason.FIELDS_TOO_LARGE;
        }
        return switch (part) {
            case BEGIN -> begin(octet);
            case NAME -> name(octet);
            case VALUE -> value(octet);
            case LF -> octet == '\n' ? end() : RefusalReason.LINE_END_INVALID;
            case LAST_LF -> {
                part = Part.DONE;
                yield octet == '\n' ? null : RefusalReason.LINE_END_INVALID;
            }
            case DONE -> throw new IllegalStateException("done");
        };
    }

    private @Nullable RefusalReason begin(byte octet) {
        if (octet == '\r') {
            part = Part.LAST_LF;
            return null;
        }
        if (octet == ' ' || octet == '\t') {
            return RefusalReason.FIELD_FOLDED;
        }
        part = Part.NAME;
        name.setLength(0);
        return name(octet);
    }

    private @Nullable RefusalReason name(byte octet) {
        if (ByteClasses.is(octet, ByteClasses.TOKEN)) {
            name.append((char) octet);
            return null;
        }
        if (octet != ':' || name.length() == 0) {
            return RefusalReason.FIELD_NAME_INVALID;
        }
        part = Part.VALUE;
        value.setLength(0);
        return TrailerNames.allowed(name.toString().toLowerCase(Locale.ROOT))
                ? null
                : RefusalReason.TRAILER_NOT_ALLOWED;
    }

    private @Nullable RefusalReason value(byte octet) {
        if (octet == '\r') {
            part = Part.LF;
            return null;
        }
        if (octet == '\n') {
            return RefusalReason.LINE_END_INVALID;
        }
        value.append((char) (octet & 0xff));
        return ByteClasses.is(octet, ByteClasses.VALUE) ? null : RefusalReason.FIELD_VALUE_INVALID;
    }

    private @Nullable RefusalReason end() {
        fields = fields.isEmpty() ? new ArrayList<>() : fields;
        fields.add(Map.entry(name.toString(), value.toString().strip()));
        part = Part.BEGIN;
        return fields.size() > MAX_TRAILERS ? RefusalReason.FIELDS_TOO_LARGE : null;
    }
}
