package io.ratemesh.benchmarks.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/**
 * Finds the ids of events, or other numbers in them, in a response without creating strings. Other lines are skipped. An id is
 * reported at the empty line that ends its event. A response that is not chunked is DATA to its end.
 *
 * <pre>
 *   HEAD --empty line--> SIZE --line feed--> DATA --all of it--> END_OF_CHUNK --line feed--> SIZE
 * </pre>
 */
final class EventIdParser {

    /** Receives the ids of events. */
    interface EventListener {

        void onEvent(long id);
    }

    private enum State {
        HEAD,
        SIZE,
        DATA,
        END_OF_CHUNK
    }

    /** What precedes the number in events whose ids are numbers. */
    static final String ID = "id: ";

    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(US_ASCII);

    /** The value of {@code column} in a line that is not an id. */
    private static final int OTHER_LINE = -1;

    private final byte[] prefix;
    private State state = State.HEAD;
    private int size;
    private boolean sizeEnded;
    private int headColumn;
    private int chunkedColumns;
    private boolean chunked;
    private int column;
    private long id;

    /** Creates a parser of numbers in lines that begin with a prefix. */
    EventIdParser(String prefix) {
        this.prefix = prefix.getBytes(US_ASCII);
    }

    /** Reads bytes of the connection. */
    void read(ByteBuf bytes, EventListener listener) {
        while (bytes.isReadable()) {
            switch (state) {
                case HEAD -> readHead(bytes.readByte());
                case SIZE -> readSize(bytes.readByte());
                case DATA -> readData(bytes, listener);
                case END_OF_CHUNK -> readEndOfChunk(bytes.readByte());
            }
        }
    }

    private void readHead(byte b) {
        if (b == '\n') {
            if (headColumn == 0) {
                state = chunked ? State.SIZE : State.DATA;
            }
            headColumn = 0;
            chunkedColumns = 0;
        } else if (b != '\r') {
            if (chunkedColumns == headColumn
                    && chunkedColumns < CHUNKED.length
                    && Character.toLowerCase((char) b) == CHUNKED[chunkedColumns]) {
                chunkedColumns++;
                chunked |= chunkedColumns == CHUNKED.length;
            }
            headColumn++;
        }
    }

    private void readSize(byte b) {
        if (b == '\n') {
            state = State.DATA;
            sizeEnded = false;
        } else if (b == '\r' || b == ';') {
            sizeEnded = true;
        } else if (!sizeEnded) {
            size = size * 16 + Character.digit(b, 16);
        }
    }

    private void readEndOfChunk(byte b) {
        if (b == '\n') {
            state = State.SIZE;
            size = 0;
        }
    }

    private void readData(ByteBuf bytes, EventListener listener) {
        int available = chunked ? Math.min(size, bytes.readableBytes()) : bytes.readableBytes();
        int end = bytes.readerIndex() + available;
        size -= chunked ? available : 0;
        while (bytes.readerIndex() < end) {
            if (column == OTHER_LINE) {
                int lineFeed = bytes.indexOf(bytes.readerIndex(), end, (byte) '\n');
                bytes.readerIndex(lineFeed < 0 ? end : lineFeed + 1);
                column = lineFeed < 0 ? OTHER_LINE : 0;
            } else {
                readLine(bytes.readByte(), listener);
            }
        }
        if (chunked && size == 0) {
            state = State.END_OF_CHUNK;
        }
    }

    private void readLine(byte b, EventListener listener) {
        if (b == '\n') {
            if (column == 0 && id > 0) {
                long complete = id;
                id = 0;
                listener.onEvent(complete);
            }
            column = 0;
        } else if (column < prefix.length) {
            column = b == prefix[column] ? column + 1 : OTHER_LINE;
        } else if (b >= '0' && b <= '9') {
            id = id * 10 + (b - '0');
        } else {
            column = OTHER_LINE;
        }
    }
}
