package io.ratemesh.balancer.compression;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.ratemesh.assets.Encoding;
import io.ratemesh.node.settings.CompressionSettings;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentCodersTest {

    private static final String LINE = "{\"from\":\"USD\",\"to\":\"JPY\",\"rate\":\"162.339\"}\n";

    @BeforeAll
    static void load() {
        ContentCoders.load();
    }

    @ParameterizedTest
    @CsvSource({
        "'gzip, deflate, br, zstd', ZSTD",
        "'gzip, deflate, br', BR",
        "'gzip, br;q=0.5', GZIP",
        "'x-gzip', GZIP",
        "'*', ZSTD",
        "'*;q=0.1, gzip', GZIP",
        "'zstd;q=0, *', BR",
        "'deflate', ''",
        "'gzip;q=0', ''",
        "'gzip;q=0.5, identity', ''",
        "'gzip, identity;q=0.5', GZIP",
        "'identity;q=0', ''",
        "'', ''",
    })
    void the_coding_has_the_highest_weight_and_of_equal_ones_is_the_cheapest(String accept, String coding) {
        assertThat(ContentCoders.choose(accept).map(Encoding::name).orElse("")).isEqualTo(coding);
    }

    @Test
    void a_client_that_names_none_gets_plain_content() {
        assertThat(ContentCoders.choose(null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void all_that_was_written_can_be_decoded_before_the_end(Encoding encoding) throws IOException {
        long[] counted = new long[2];
        Compression owner = owner(counted);
        CodedContent content = new CodedContent(owner, encoding);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        int chunks = 40;
        for (int i = 0; i < chunks; i++) {
            ByteBuf direct = PooledByteBufAllocator.DEFAULT.directBuffer();
            direct.writeCharSequence(LINE, US_ASCII);
            append(sent, content.write(direct));
            assertThat(direct.refCnt()).isZero();
            assertThat(decoded(encoding, sent, (i + 1) * LINE.length())).isEqualTo(LINE.repeat(i + 1));
        }
        append(sent, content.end(Unpooled.copiedBuffer(LINE, US_ASCII)));

        assertThat(decoded(encoding, sent, Integer.MAX_VALUE)).isEqualTo(LINE.repeat(chunks + 1));
        assertThat(content.bytes()).isEqualTo(sent.size()).isLessThan((long) chunks * LINE.length() / 2);
        assertThat(counted).containsExactly((chunks + 1L) * LINE.length(), sent.size());
    }

    @ParameterizedTest
    @EnumSource
    void what_is_discarded_is_counted_once_and_writes_nothing(Encoding encoding) {
        long[] counted = new long[2];
        CodedContent content = new CodedContent(owner(counted), encoding);
        long sent = content.write(Unpooled.copiedBuffer(LINE, US_ASCII)).readableBytes();

        content.discard();
        content.discard();

        assertThat(content.bytes()).isEqualTo(sent);
        assertThat(counted).containsExactly(LINE.length(), sent);
    }

    private static Compression owner(long[] counted) {
        Vertx vertx = Vertx.vertx();
        try {
            return new Compression(vertx, CompressionSettings.NONE, (before, after) -> {
                counted[0] += before;
                counted[1] += after;
            });
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void append(ByteArrayOutputStream sent, ByteBuf part) throws IOException {
        part.readBytes(sent, part.readableBytes());
    }

    /** Up to a length, since the streams of an incomplete content end with an exception. */
    private static String decoded(Encoding encoding, ByteArrayOutputStream sent, int length) throws IOException {
        InputStream in = new ByteArrayInputStream(sent.toByteArray());
        byte[] plain = switch (encoding) {
            case GZIP -> new GZIPInputStream(in).readNBytes(length);
            case ZSTD -> new ZstdInputStreamNoFinalizer(in).readNBytes(length);
            case BR -> brotli(sent.toByteArray());
        };
        return new String(plain, US_ASCII);
    }

    /** As clients do: the stream of the library reads complete contents only. */
    private static byte[] brotli(byte[] sent) throws IOException {
        DecoderJNI.Wrapper decoder = new DecoderJNI.Wrapper(sent.length);
        decoder.getInputBuffer().put(sent);
        decoder.push(sent.length);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        while (decoder.hasOutput() || decoder.getStatus() == DecoderJNI.Status.NEEDS_MORE_OUTPUT) {
            ByteBuffer part = decoder.pull();
            while (part.hasRemaining()) {
                plain.write(part.get());
            }
        }
        decoder.destroy();
        return plain.toByteArray();
    }
}
