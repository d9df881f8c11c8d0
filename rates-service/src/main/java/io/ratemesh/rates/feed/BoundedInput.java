package io.ratemesh.rates.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails at the first byte beyond a limit. */
final class BoundedInput extends FilterInputStream {

    private long remaining;

    /**
     * Creates a stream.
     *
     * @param max the most bytes to read
     */
    BoundedInput(InputStream in, long max) {
        super(in);
        this.remaining = max;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            count(1);
        }
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws IOException {
        remaining -= bytes;
        if (remaining < 0) {
            throw new IOException("too long");
        }
    }
}
