package io.ratemesh.balancer.upstream.connections;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The field lines of the last head on a connection. Servers repeat most of them in the next one, at the same place: a line of the
 * same bytes is neither checked nor copied again, which is half of the work for a head.
 */
final class RepeatedFields {

    /** At most 4 kB for each connection. */
    private static final int MAX_LINES = 16;

    private static final int MAX_LINE_BYTES = 128;

    private final byte[][] lines = new byte[MAX_LINES][0];
    private final @Nullable FieldLine[] fields = new @Nullable FieldLine[MAX_LINES];
    private int index;

    /** Begins another head. */
    void restart() {
        index = 0;
    }

    /**
     * The next field of the head, from a line of {@code end} bytes.
     *
     * @throws MalformedResponse as {@link FieldLine#parse}
     */
    FieldLine next(byte[] line, int end) {
        int at = index++;
        if (at >= MAX_LINES || end > MAX_LINE_BYTES) {
            return FieldLine.parse(line, end);
        }
        FieldLine before = fields[at];
        if (before != null && Arrays.equals(lines[at], 0, lines[at].length, line, 0, end)) {
            return before;
        }
        FieldLine parsed = FieldLine.parse(line, end);
        lines[at] = Arrays.copyOf(line, end);
        fields[at] = parsed;
        return parsed;
    }
}
