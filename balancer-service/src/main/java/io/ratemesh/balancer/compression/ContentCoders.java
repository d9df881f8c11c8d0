package io.ratemesh.balancer.compression;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import io.ratemesh.assets.AcceptEncoding;
import io.ratemesh.assets.Encoding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coders of content codings, with settings that are fast and need at most about a megabyte each. The one of gzip is the JDK's; the
 * others are native libraries, which are extracted to the folder for temporary files: where that fails, or the platform has none, there
 * is only gzip.
 */
final class ContentCoders {

    private static final Logger LOG = LoggerFactory.getLogger(ContentCoders.class);

    private static final int GZIP_LEVEL = 5;
    private static final int BROTLI_QUALITY = 4;
    private static final int ZSTD_LEVEL = 3;

    /** Of brotli and zstd, as a power of two: 256 KiB. Larger windows gain little for responses, and cost memory. */
    private static final int WINDOW_BITS = 18;

    private static final int BUFFER_BYTES = 8 * 1024;

    /** In the order of preference for equal weights: the cheapest first. */
    private static volatile List<Encoding> available = List.of(Encoding.GZIP);

    /** Guarded by the class. */
    private static boolean loaded;

    private ContentCoders() {}

    /** Loads the native libraries, once; not for an event loop. */
    static synchronized void load() {
        if (!loaded) {
            loaded = true;
            List<Encoding> all = new ArrayList<>();
            if (loads("zstd", Native::load)) {
                all.add(Encoding.ZSTD);
            }
            if (loads("brotli", Brotli4jLoader::ensureAvailability)) {
                all.add(Encoding.BR);
            }
            all.add(Encoding.GZIP);
            available = List.copyOf(all);
        }
    }

    private static boolean loads(String name, Runnable library) {
        try {
            library.run();
            return true;
        } catch (LinkageError | RuntimeException e) {
            LOG.info("compression without {}: {}", name, e.toString());
            return false;
        }
    }

    /**
     * The coding with the highest weight; of equal ones zstd, br, gzip.
     *
     * @param acceptEncoding the values of {@code Accept-Encoding}, joined by commas; null if there is none
     * @return empty if the client accepts none, or prefers the content as it is
     */
    static Optional<Encoding> choose(@Nullable String acceptEncoding) {
        AcceptEncoding accepted = AcceptEncoding.parse(acceptEncoding);
        int bestWeight = 0;
        @Nullable Encoding best = null;
        for (Encoding encoding : available) {
            int weight = accepted.weight(encoding);
            if (weight > bestWeight) {
                best = encoding;
                bestWeight = weight;
            }
        }
        return best == null || accepted.identityWeight().orElse(0) > bestWeight ? Optional.empty() : Optional.of(best);
    }

    /** A stream that writes coded content; a flush makes all of it decodable so far. It is to be closed, as it has native memory. */
    static OutputStream open(Encoding encoding, OutputStream to) throws IOException {
        return switch (encoding) {
            case GZIP -> new FastGzipOutputStream(to);
            case BR -> new BrotliOutputStream(to, Encoder.Parameters.create(BROTLI_QUALITY, WINDOW_BITS), BUFFER_BYTES);
            case ZSTD ->
                new ZstdOutputStreamNoFinalizer(to, RecyclingBufferPool.INSTANCE, ZSTD_LEVEL).setWindowLog(WINDOW_BITS);
        };
    }

    /** The JDK's stream has no parameter for the level. */
    private static final class FastGzipOutputStream extends GZIPOutputStream {

        FastGzipOutputStream(OutputStream to) throws IOException {
            super(to, BUFFER_BYTES, true);
            def.setLevel(GZIP_LEVEL);
        }
    }
}
