package io.ratemesh.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseBoundariesTest {

    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nServer: nginx\r\nA-Long-One: " + "x".repeat(300)
            + "\r\ncontent-Length: 5\r\n\r\nhe\r\nl";

    private final ResponseBoundaries boundaries = new ResponseBoundaries();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 5000})
    void a_response_ends_with_its_body_in_chunks_of_any_size(int piece) {
        String two = RESPONSE + RESPONSE;
        int ended = 0;
        for (int from = 0; from < two.length(); from += piece) {
            ended += read(two.substring(from, Math.min(two.length(), from + piece)));
        }

        assertThat(ended).isEqualTo(2);
    }

    @Test
    void a_response_has_not_ended_one_byte_before() {
        assertThat(read(RESPONSE.substring(0, RESPONSE.length() - 1))).isZero();
        assertThat(read("l")).isEqualTo(1);
    }

    @Test
    void an_empty_body_ends_with_the_head() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).isEqualTo(1);
    }

    @Test
    void a_status_other_than_200_is_an_error() {
        assertThatThrownBy(() -> read("HTTP/1.1 503 Service Unavailable\r\n")).hasMessageContaining("HTTP/1.1 503");
    }

    @Test
    void a_body_of_unknown_length_is_an_error() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .hasMessageContaining("no Content-Length");
    }

    private int read(String text) {
        return boundaries.read(Unpooled.copiedBuffer(text, US_ASCII));
    }
}
