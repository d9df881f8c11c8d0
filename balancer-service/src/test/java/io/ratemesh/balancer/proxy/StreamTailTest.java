package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class StreamTailTest {

    @Test
    void an_event_is_complete_after_an_empty_line_in_any_segmentation() {
        assertThat(after()).isTrue();
        assertThat(after("data: 1\n\n")).isTrue();
        assertThat(after("data: 1\n", "\n")).isTrue();
        assertThat(after("data: 1\r\n\r\n")).isTrue();
        assertThat(after("data: 1\r", "\n\r", "\n")).isTrue();
        assertThat(after("data: 1\n")).isFalse();
        assertThat(after("data: 1\n\n", "d")).isFalse();
        assertThat(after("data: 1\r\n")).isFalse();
    }

    private static boolean after(String... parts) {
        StreamTail tail = new StreamTail();
        for (String part : parts) {
            tail.update(Unpooled.copiedBuffer(part, US_ASCII));
        }
        return tail.isBetweenEvents();
    }
}
