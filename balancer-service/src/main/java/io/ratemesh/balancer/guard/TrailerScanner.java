package io.ratemesh.balancer.guard;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the trailers behind the last chunk, octet by octet, up to and with the empty line (RFC 9112 §7.1.2). */
final class TrailerScanner {

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_TRAILERS = 100;
    private static final int LONGEST_FORBIDDEN = 32;

    /** What says how to read, route, or trust a message, or what its content is (RFC 9110 §6.5.1). */
    private static final Set<String> FORBIDDEN = Set.of(
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
        BEGIN,
        NAME,
        VALUE,
        LF,
        LAST_LF,
        DONE
    }

    private final StringBuilder name = new StringBuilder(0);
    private Part part = Part.BEGIN;
    private int trailers;
    private int bytes;

    void reset() {
        part = Part.BEGIN;
        trailers = 0;
        bytes = 0;
    }

    /** Whether the empty line has been read. */
    boolean done() {
        return part == Part.DONE;
    }

    /** Reads one octet more; null if it may stand there. */
    @Nullable
    Reason next(byte octet) {
        bytes++;
        if (bytes > MAX_BYTES) {
            return Reason.FIELDS_TOO_LARGE;
        }
        return switch (part) {
            case BEGIN -> begin(octet);
            case NAME -> name(octet);
            case VALUE -> value(octet);
            case LF -> octet == '\n' ? end() : Reason.LINE_END_INVALID;
            case LAST_LF -> {
                part = Part.DONE;
                yield octet == '\n' ? null : Reason.LINE_END_INVALID;
            }
            case DONE -> throw new IllegalStateException("done");
        };
    }

    private @Nullable Reason begin(byte octet) {
        if (octet == '\r') {
            part = Part.LAST_LF;
            return null;
        }
        if (octet == ' ' || octet == '\t') {
            return Reason.FIELD_FOLDED;
        }
        part = Part.NAME;
        name.setLength(0);
        return name(octet);
    }

    private @Nullable Reason name(byte octet) {
        if (Octets.is(octet, Octets.TOKEN)) {
            if (name.length() <= LONGEST_FORBIDDEN) {
                name.append((char) octet);
            }
            return null;
        }
        if (octet != ':' || name.length() == 0) {
            return Reason.FIELD_NAME_INVALID;
        }
        part = Part.VALUE;
        return FORBIDDEN.contains(name.toString().toLowerCase(Locale.ROOT)) ? Reason.TRAILER_NOT_ALLOWED : null;
    }

    private @Nullable Reason value(byte octet) {
        if (octet == '\r') {
            part = Part.LF;
            return null;
        }
        if (octet == '\n') {
            return Reason.LINE_END_INVALID;
        }
        return Octets.is(octet, Octets.VALUE) ? null : Reason.FIELD_VALUE_INVALID;
    }

    private @Nullable Reason end() {
        trailers++;
        part = Part.BEGIN;
        return trailers > MAX_TRAILERS ? Reason.FIELDS_TOO_LARGE : null;
    }
}
