package io.ratemesh.balancer.upstream.connections;

import static io.ratemesh.balancer.upstream.connections.MalformedResponse.require;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.util.AsciiString;
import io.ratemesh.balancer.http.ByteClasses;

/**
 * A valid field line of a response.
 *
 * @param name as it was received
 * @param value without white space around it
 */
record FieldLine(AsciiString name, String value) {

    /**
     * Parses a line of {@code end} bytes. Spaces before the colon are removed, as RFC 9112 §5.1 requires of a proxy.
     *
     * @throws MalformedResponse if it has no name, no colon, or a control character
     */
    static FieldLine parse(byte[] line, int end) {
        int nameEnd = 0;
        while (nameEnd < end && ByteClasses.is(line[nameEnd], ByteClasses.TOKEN)) {
            nameEnd++;
        }
        require(nameEnd > 0, "a field has no name, or continues in a second line");
        int colon = nameEnd;
        while (colon < end && ByteClasses.isBlank(line[colon])) {
            colon++;
        }
        require(colon < end && line[colon] == ':', "no colon after a field name");
        int from = colon + 1;
        while (from < end && ByteClasses.isBlank(line[from])) {
            from++;
        }
        int to = end;
        while (to > from && ByteClasses.isBlank(line[to - 1])) {
            to--;
        }
        return new FieldLine(new AsciiString(line, 0, nameEnd, true), text(line, from, to));
    }

    /** The text of a value or a reason phrase; bytes beyond ASCII stay as they are (RFC 9110 §5.5). */
    static String text(byte[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            require(ByteClasses.is(line[i], ByteClasses.VALUE), "a control character");
        }
        return new String(line, from, to - from, ISO_8859_1);
    }

    boolean isNamed(AsciiString lowerCase) {
        return name.length() == lowerCase.length() && name.contentEqualsIgnoreCase(lowerCase);
    }
}
