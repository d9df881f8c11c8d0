package io.ratemesh.balancer.compression;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ratemesh.assets.Encoding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The content of one response, coded as it is received. To be ended or discarded, as it has native memory. */
public final class CodedContent {

    private static final int MIN_BYTES = 512;
    private static final int MAX_BYTES = 16 * 1024;

    private final Compression owner;
    private final Output output = new Output();
    private final OutputStream coder;
    private long bytesIn;
    private long bytesOut;
    private boolean closed;

    CodedContent(Compression owner, Encoding encoding) {
        this.owner = owner;
        try {
            this.coder = ContentCoders.open(encoding, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Codes some content, which is released; what is returned can be decoded so far, and is in memory that needs no release. */
    public ByteBuf write(ByteBuf content) {
        try {
            code(content);
            coder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.take();
    }

    /** Codes the last content, which is released, and ends. */
    public ByteBuf end(ByteBuf content) {
        try {
            code(content);
            coder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuf last = output.take();
        close();
        return last;
    }

    /** The response is incomplete, or has been ended: what remains is dropped. */
    public void discard() {
        if (!closed) {
            output.dropped = true;
            try {
                coder.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                close();
            }
        }
    }

    /** Bytes for the client so far. */
    public long bytes() {
        return bytesOut;
    }

    private void code(ByteBuf content) throws IOException {
        try {
            int length = content.readableBytes();
            bytesIn += length;
            output.expect(length);
            content.readBytes(coder, length);
        } finally {
            content.release();
        }
    }

    private void close() {
        closed = true;
        owner.ended(bytesIn, bytesOut);
    }

    /** Collects what the coder writes until it is taken. */
    private final class Output extends OutputStream {

        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        private int expected = MIN_BYTES;
        private boolean dropped;

        void expect(int plainBytes) {
            expected = Math.min(Math.max(plainBytes / 2, MIN_BYTES), MAX_BYTES);
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            if (!dropped && length > 0) {
                if (bytes.capacity() == 0) {
                    bytes = Unpooled.buffer(Math.max(expected, length));
                }
                bytes.writeBytes(from, offset, length);
            }
        }

        ByteBuf take() {
            ByteBuf taken = bytes;
            bytes = Unpooled.EMPTY_BUFFER;
            bytesOut += taken.readableBytes();
            return taken;
        }
    }
}
