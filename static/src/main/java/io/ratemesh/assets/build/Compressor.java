package io.ratemesh.assets.build;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import io.ratemesh.assets.Encoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses with the best ratio of each coding, at build time. The output is reproducible. */
final class Compressor {
    private static final int BROTLI_QUALITY = 11;
    // Levels 20 to 22 may need a larger window than browsers accept (RFC 9659: 8 MB), and gain nothing on small files.
    private static final int ZSTD_LEVEL = 19;

    static {
        Brotli4jLoader.ensureAvailability();
    }

    private Compressor() {}

    static byte[] compress(Encoding encoding, byte[] content) throws IOException {
        return switch (encoding) {
            case BR -> Encoder.compress(content, new Encoder.Parameters().setQuality(BROTLI_QUALITY));
            case ZSTD -> Zstd.compress(content, ZSTD_LEVEL);
            case GZIP -> gzip(content);
        };
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new BestGzipOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** The JDK's stream writes no timestamp, but has no parameter for the level. */
    private static final class BestGzipOutputStream extends GZIPOutputStream {
        BestGzipOutputStream(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
