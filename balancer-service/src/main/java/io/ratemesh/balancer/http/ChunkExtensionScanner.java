package io.ratemesh.balancer.http;

/**
 * Reads what stands behind the size of a chunk, octet by octet, up to the end of the line (RFC 9112 §7.1.1).
 *
 * <pre>
 *   chunk-ext = *( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )
 * </pre>
 */
public final class ChunkExtensionScanner {

    private enum Part {
        BEFORE_SEMICOLON,
        NAME_BEGIN,
        NAME,
        BEHIND_NAME,
        VALUE_BEGIN,
        TOKEN,
        QUOTED,
        ESCAPED,
        BEHIND_QUOTED,
        INVALID
    }

    private Part part = Part.BEFORE_SEMICOLON;
    private boolean begun;

    /** Begins with another chunk. */
    public void reset() {
        part = Part.BEFORE_SEMICOLON;
        begun = false;
    }

    /** Reads one octet more, which is no CR; false if it may not stand there. */
    public boolean next(byte octet) {
        part = after(octet);
        begun |= part == Part.NAME_BEGIN;
        return part != Part.INVALID;
    }

    /** Whether the first semicolon is behind. */
    public boolean begun() {
        return begun;
    }

    /** Whether the line may end here: neither in the middle of an extension nor behind white space. */
    public boolean mayEnd() {
        return part == Part.NAME || part == Part.TOKEN || part == Part.BEHIND_QUOTED;
    }

    private Part after(byte octet) {
        return switch (part) {
            case BEFORE_SEMICOLON -> isBlank(octet) ? part : semicolon(octet);
            case NAME_BEGIN -> isBlank(octet) ? part : token(octet, Part.NAME);
            case NAME -> ByteClasses.is(octet, ByteClasses.TOKEN) ? part : behindName(octet);
            case BEHIND_NAME -> behindName(octet);
            case VALUE_BEGIN -> isBlank(octet) ? part : value(octet);
            case TOKEN -> ByteClasses.is(octet, ByteClasses.TOKEN) ? part : behindValue(octet);
            case QUOTED -> quoted(octet);
            case ESCAPED -> ByteClasses.is(octet, ByteClasses.VALUE) ? Part.QUOTED : Part.INVALID;
            case BEHIND_QUOTED -> behindValue(octet);
            case INVALID -> part;
        };
    }

    private static Part semicolon(byte octet) {
        return octet == ';' ? Part.NAME_BEGIN : Part.INVALID;
    }

    private static Part token(byte octet, Part of) {
        return ByteClasses.is(octet, ByteClasses.TOKEN) ? of : Part.INVALID;
    }

    private static Part behindName(byte octet) {
        if (isBlank(octet)) {
            return Part.BEHIND_NAME;
        }
        return octet == '=' ? Part.VALUE_BEGIN : semicolon(octet);
    }

    private static Part value(byte octet) {
        return octet == '"' ? Part.QUOTED : token(octet, Part.TOKEN);
    }

    private static Part quoted(byte octet) {
        return switch (octet) {
            case '"' -> Part.BEHIND_QUOTED;
            case '\\' -> Part.ESCAPED;
            default -> ByteClasses.is(octet, ByteClasses.VALUE) ? Part.QUOTED : Part.INVALID;
        };
    }

    private static Part behindValue(byte octet) {
        return isBlank(octet) ? Part.BEFORE_SEMICOLON : semicolon(octet);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
