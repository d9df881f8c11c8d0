package io.ratemesh.benchmarks.load;

import io.netty.buffer.ByteBuf;

/**
 * Finds where the answers on one connection end, without keeping their bytes. Knows bodies with a Content-Length only: that is
 * what all of those that are compared send.
 */
final class ResponseEnds {

    private static final String LENGTH = "content-length:";
    private static final String WELL = "HTTP/1.1 200";

    /** What was read last: an array is walked faster than a buffer, and the client is to take little of the machine. */
    private final byte[] chunk = new byte[4096];

    /** Of the line that is being read, as many as tell what it is. */
    private final byte[] line = new byte[64];

    private int lineBytes;
    private boolean first = true;
    private boolean inBody;
    private long bodyLeft = -1;

    /**
     * Reads on.
     *
     * @return how many answers ended in these bytes
     * @throws IllegalStateException where one is no success, or of no known length
     */
    int read(ByteBuf bytes) {
        int ended = 0;
        while (bytes.isReadable()) {
            int taken = Math.min(chunk.length, bytes.readableBytes());
            bytes.readBytes(chunk, 0, taken);
            ended += read(taken);
        }
        return ended;
    }

    private int read(int taken) {
        int ended = 0;
        int at = 0;
        while (at < taken) {
            while (!inBody && at < taken) {
                head(chunk[at++]);
            }
            if (inBody) {
                int ofBody = (int) Math.min(bodyLeft, taken - at);
                at += ofBody;
                bodyLeft -= ofBody;
                if (bodyLeft == 0) {
                    ended++;
                    first = true;
                    inBody = false;
                    bodyLeft = -1;
                }
            }
        }
        return ended;
    }

    private void head(byte next) {
        if (next == '\n') {
            endOfLine();
        } else if (next != '\r') {
            if (lineBytes < line.length) {
                line[lineBytes] = next;
            }
            lineBytes++;
        }
    }

    private void endOfLine() {
        if (first) {
            if (!begins(WELL)) {
                throw new IllegalStateException("an answer is no success: " + text());
            }
            first = false;
        } else if (lineBytes == 0) {
            if (bodyLeft < 0) {
                throw new IllegalStateException("an answer has no Content-Length");
            }
            inBody = true;
        } else if (begins(LENGTH)) {
            bodyLeft = Long.parseLong(text().substring(LENGTH.length()).strip());
        }
        lineBytes = 0;
    }

    /** In any case: names of fields have none. */
    private boolean begins(String what) {
        if (lineBytes < what.length()) {
            return false;
        }
        for (int i = 0; i < what.length(); i++) {
            if (Character.toLowerCase((char) line[i]) != Character.toLowerCase(what.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(lineBytes, line.length); i++) {
            text.append((char) line[i]);
        }
        return text.toString();
    }
}
