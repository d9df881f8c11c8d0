package io.ratemesh.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** Finds the ends of the responses on a connection without keeping their bytes. It supports bodies with a Content-Length only. */
final class ResponseBoundaries {

    private static final String LENGTH = "content-length:";
    private static final String OK = "HTTP/1.1 200";

    /** An array is faster to scan than a buffer, and the client must use little CPU time. */
    private final byte[] chunk = new byte[4096];

    /** The first bytes of the current line. */
    private final byte[] line = new byte[64];

    private int lineBytes;
    private boolean atStatusLine = true;
    private boolean inBody;
    private long bodyLeft = -1;

    /**
     * Reads bytes of the connection.
     *
     * @return the number of responses that end in them
     * @throws IllegalStateException if a response is not a 200 or has no Content-Length
     */
    int read(ByteBuf bytes) {
        int ended = 0;
        while (bytes.isReadable()) {
            int count = Math.min(chunk.length, bytes.readableBytes());
            bytes.readBytes(chunk, 0, count);
            ended += read(count);
        }
        return ended;
    }

    private int read(int count) {
        int ended = 0;
        int at = 0;
        while (at < count) {
            while (!inBody && at < count) {
                readHead(chunk[at++]);
            }
            if (inBody) {
                int bodyBytes = (int) Math.min(bodyLeft, count - at);
                at += bodyBytes;
                bodyLeft -= bodyBytes;
                if (bodyLeft == 0) {
                    ended++;
                    atStatusLine = true;
                    inBody = false;
                    bodyLeft = -1;
                }
            }
        }
        return ended;
    }

    private void readHead(byte next) {
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
        if (atStatusLine) {
            if (!lineStartsWith(OK)) {
                throw new IllegalStateException("a response is not 200: " + text());
            }
            atStatusLine = false;
        } else if (lineBytes == 0) {
            if (bodyLeft < 0) {
                throw new IllegalStateException("a response has no Content-Length");
            }
            inBody = true;
        } else if (lineStartsWith(LENGTH)) {
            bodyLeft = Long.parseLong(text().substring(LENGTH.length()).strip());
        }
        lineBytes = 0;
    }

    /** Compares case-insensitively, as field names are. */
    private boolean lineStartsWith(String prefix) {
        if (lineBytes < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (Character.toLowerCase((char) line[i]) != Character.toLowerCase(prefix.charAt(i))) {
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
