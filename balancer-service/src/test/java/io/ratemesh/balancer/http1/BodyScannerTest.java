package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ratemesh.balancer.http.RefusalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyScannerTest {

    private final BodyScanner body = new BodyScanner();

    @Test
    void a_counted_body_ends_at_its_length() {
        body.beginCounted(5);

        assertThat(scan("hel")).isEqualTo(3);
        assertThat(body.isDone()).isFalse();
        assertThat(scan("lo GET")).isEqualTo(2);
        assertThat(body.isDone()).isTrue();
    }

    @Test
    void a_body_may_be_longer_than_memory() {
        body.beginCounted(Long.MAX_VALUE);

        assertThat(scan("hello")).isEqualTo(5);
        assertThat(body.isDone()).isFalse();
    }

    @Test
    void no_body_is_done_at_once() {
        body.beginCounted(0);

        assertThat(body.isDone()).isTrue();
        assertThat(scan("GET")).isZero();
    }

    @Test
    void chunks_end_after_their_trailers() {
        String chunks = "5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n";
        for (int split = 0; split <= chunks.length(); split++) {
            body.beginChunked();

            int first = scan(chunks.substring(0, split));
            int second = scan(chunks.substring(split) + "GET");

            assertThat(body.reason()).isNull();
            assertThat(body.isDone()).isTrue();
            assertThat(first + second).as("split at %s", split).isEqualTo(chunks.length());
        }
    }

    @Test
    void one_scanner_reads_body_after_body() {
        for (int i = 0; i < 3; i++) {
            body.beginChunked();
            scan("1\r\na\r\n0\r\n\r\n");
            assertThat(body.isDone()).isTrue();
            body.beginCounted(1);
            scan("a");
            assertThat(body.isDone()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x                           | 0  | CHUNK_INVALID
            5~hello0                    | 8  | CHUNK_INVALID
            80000000~                   | 7  | CHUNK_INVALID
            5 ~                         | 2  | CHUNK_INVALID
            0~Content-Length: 5~~       | 17 | TRAILER_NOT_ALLOWED
            0~HOST: b~~                 | 7  | TRAILER_NOT_ALLOWED
            0~X Y: b~~                  | 4  | FIELD_NAME_INVALID
            0~X: b~ c~~                 | 9  | FIELD_FOLDED
            """)
    void a_wrong_byte_has_a_reason_and_a_position(String chunks, int at, RefusalReason reason) {
        body.beginChunked();

        assertThat(scan(chunks.replace("~", "\r\n"))).isEqualTo(at);
        assertThat(body.reason()).isEqualTo(reason);
    }

    private int scan(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, ISO_8859_1);
        return body.scan(bytes, 0, bytes.writerIndex());
    }
}
