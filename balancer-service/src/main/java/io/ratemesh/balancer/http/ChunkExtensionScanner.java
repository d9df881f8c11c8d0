package io.ratemesh.balancer.http;

/**
 * Reads the extensions after the size of a chunk byte by byte, up to the end of the line (RFC 9112 §7.1.1).
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
        AFTER_NAME,
        VALUE_BEGIN,
        TOKEN,
        QUOTED,
        ESCAPED,
        AFTER_QUOTED,
        INVALID
    }

    private Part part = Part.BEFORE_SEMICOLON;
    private boolean begun;

    /** Begins the line of another chunk. */
    public void reset() {
        part = Part.BEFORE_SEMICOLON;
        begun = false;
    }

    /** Reads the next byte, which is not CR; false where it is not valid. */
    public boolean next(byte b) {
        part = after(b);
        begun |= part == Part.NAME_BEGIN;
        return part != Part.INVALID;
    }

    /** Whether the first semicolon has been read. */
    public boolean hasBegun() {
        return begun;
    }

    /** Whether the line can end here: neither within an extension nor after white space. */
    public boolean canEnd() {
        return part == Part.NAME || part == Part.TOKEN || part == Part.AFTER_QUOTED;
    }

    private Part after(byte b) {
        return switch (part) {
            case BEFORE_SEMICOLON -> ByteClasses.isBlank(b) ? part : semicolon(b);
            case NAME_BEGIN -> ByteClasses.isBlank(b) ? part : token(b, Part.NAME);
            case NAME -> ByteClasses.is(b, ByteClasses.TOKEN) ? part : afterName(b);
            case AFTER_NAME -> afterName(b);
            case VALUE_BEGIN -> ByteClasses.isBlank(b) ? part : value(b);
            case TOKEN -> ByteClasses.is(b, ByteClasses.TOKEN) ? part : afterValue(b);
            case QUOTED -> quoted(b);
            case ESCAPED -> ByteClasses.is(b, ByteClasses.VALUE) ? Part.QUOTED : Part.INVALID;
            case AFTER_QUOTED -> afterValue(b);
            case INVALID -> part;
        };
    }

    private static Part semicolon(byte b) {
        return b == ';' ? Part.NAME_BEGIN : Part.INVALID;
    }

    private static Part token(byte b, Part of) {
        return ByteClasses.is(b, ByteClasses.TOKEN) ? of : Part.INVALID;
    }

    private static Part afterName(byte b) {
        if (ByteClasses.isBlank(b)) {
            return Part.AFTER_NAME;
        }
        return b == '=' ? Part.VALUE_BEGIN : semicolon(b);
    }

    private static Part value(byte b) {
        return b == '"' ? Part.QUOTED : token(b, Part.TOKEN);
    }

    private static Part quoted(byte b) {
        return switch (b) {
            case '"' -> Part.AFTER_QUOTED;
            case '\\' -> Part.ESCAPED;
            default -> ByteClasses.is(b, ByteClasses.VALUE) ? Part.QUOTED : Part.INVALID;
        };
    }

    private static Part afterValue(byte b) {
        return ByteClasses.isBlank(b) ? Part.BEFORE_SEMICOLON : semicolon(b);
    }
}
