package io.ratemesh.benchmarks.sse;

import io.netty.buffer.ByteBuf;

/**
 * Finds the ids of events in a chunked answer without making text of them. What lies between is skipped a line at a
 * time; an id counts when the empty line has come that ends its event.
 *
 * <pre>
 *   HEAD --empty line--> SIZE --line feed--> DATA --all of it--> END_OF_CHUNK --line feed--> SIZE
 * </pre>
 */
final class StreamIds {

    /** Is told of an event. */
    interface Listener {

        void event(long id);
    }

    private enum Part {
        HEAD,
        SIZE,
        DATA,
        END_OF_CHUNK
    }

    private static final byte[] ID = {'i', 'd', ':', ' '};

    /** The line cannot be an id. */
    private static final int OTHER_LINE = -1;

    private Part part = Part.HEAD;
    private int size;
    private boolean sizeEnded;
    private int headColumn;
    private int column;
    private long id;

    /** Reads what came, to its end. */
    void read(ByteBuf bytes, Listener listener) {
        while (bytes.isReadable()) {
            switch (part) {
                case HEAD -> head(bytes.readByte());
                case SIZE -> size(bytes.readByte());
                case DATA -> data(bytes, listener);
                case END_OF_CHUNK -> endOfChunk(bytes.readByte());
            }
        }
    }

    private void head(byte b) {
        if (b == '\n') {
            if (headColumn == 0) {
                part = Part.SIZE;
            }
            headColumn = 0;
        } else if (b != '\r') {
            headColumn++;
        }
    }

    private void size(byte b) {
        if (b == '\n') {
            part = Part.DATA;
            sizeEnded = false;
        } else if (b == '\r' || b == ';') {
            sizeEnded = true;
        } else if (!sizeEnded) {
            size = size * 16 + Character.digit(b, 16);
        }
    }

    private void endOfChunk(byte b) {
        if (b == '\n') {
            part = Part.SIZE;
            size = 0;
        }
    }

    private void data(ByteBuf bytes, Listener listener) {
        int available = Math.min(size, bytes.readableBytes());
        int end = bytes.readerIndex() + available;
        size -= available;
        while (bytes.readerIndex() < end) {
            if (column == OTHER_LINE) {
                int lineFeed = bytes.indexOf(bytes.readerIndex(), end, (byte) '\n');
                bytes.readerIndex(lineFeed < 0 ? end : lineFeed + 1);
                column = lineFeed < 0 ? OTHER_LINE : 0;
            } else {
                inLine(bytes.readByte(), listener);
            }
        }
        if (size == 0) {
            part = Part.END_OF_CHUNK;
        }
    }

    private void inLine(byte b, Listener listener) {
        if (b == '\n') {
            if (column == 0 && id > 0) {
                long complete = id;
                id = 0;
                listener.event(complete);
            }
            column = 0;
        } else if (column < ID.length) {
            column = b == ID[column] ? column + 1 : OTHER_LINE;
        } else {
            id = id * 10 + Character.digit(b, 10);
        }
    }
}
