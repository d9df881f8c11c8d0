package io.ratemesh.benchmarks.sse;

import io.netty.buffer.ByteBuf;

/**
 * Finds the ids of events in a chunked response without creating strings. Other lines are skipped. An id is reported at the empty
 * line that ends its event.
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

    private static final byte[] ID = {'i', 'd', ':', ' '};

    /** The value of {@code column} in a line that is not an id. */
    private static final int OTHER_LINE = -1;

    private State state = State.HEAD;
    private int size;
    private boolean sizeEnded;
    private int headColumn;
    private int column;
    private long id;

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
                state = State.SIZE;
            }
            headColumn = 0;
        } else if (b != '\r') {
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
        int available = Math.min(size, bytes.readableBytes());
        int end = bytes.readerIndex() + available;
        size -= available;
        while (bytes.readerIndex() < end) {
            if (column == OTHER_LINE) {
                int lineFeed = bytes.indexOf(bytes.readerIndex(), end, (byte) '\n');
                bytes.readerIndex(lineFeed < 0 ? end : lineFeed + 1);
                column = lineFeed < 0 ? OTHER_LINE : 0;
            } else {
                readLine(bytes.readByte(), listener);
            }
        }
        if (size == 0) {
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
        } else if (column < ID.length) {
            column = b == ID[column] ? column + 1 : OTHER_LINE;
        } else {
            id = id * 10 + Character.digit(b, 10);
        }
    }
}
