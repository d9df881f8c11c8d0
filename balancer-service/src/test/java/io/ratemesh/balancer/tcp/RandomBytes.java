package io.ratemesh.balancer.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.CRC32;

/** Random bytes, compared by their checksum. */
final class RandomBytes {

    private static final int CHUNK = 100_003;

    private RandomBytes() {}

    /** Writes random bytes of a seed. */
    static void send(OutputStream out, int bytes, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] chunk = new byte[CHUNK];
        for (int left = bytes; left > 0; left -= chunk.length) {
            random.nextBytes(chunk);
            out.write(chunk, 0, Math.min(left, chunk.length));
        }
    }

    /** The checksum of all bytes until the end. */
    static long checksum(InputStream in) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sum.update(buffer, 0, read);
        }
        return sum.getValue();
    }

    /** The checksum of what {@link #send} writes. */
    static long checksumOf(int bytes, int seed) throws IOException {
        CRC32 sum = new CRC32();
        send(
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        sum.update(one);
                    }

                    @Override
                    public void write(byte[] some, int from, int length) {
                        sum.update(some, from, length);
                    }
                },
                bytes,
                seed);
        return sum.getValue();
    }
}
