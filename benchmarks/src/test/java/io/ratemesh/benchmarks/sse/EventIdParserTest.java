package io.ratemesh.benchmarks.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdParserTest {

    private static final String EVENTS = """
            : hi

            id: 1796066084:2
            event: rates
            data: {"version":18,"rates":{"EUR/USD":{"rate":"1.1415"}}}

            id: 1796066085:0
            event: rates
            data: {"version":19,"rates":{}}

            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void ids_in_a_chunked_response_are_found_wherever_reads_end(int readBytes) {
        String response = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + chunk("retry: 2000\n\n")
                + chunk("id: 17\nevent: rates\ndata: 5\n\nid: ") + chunk("18\ndata: 6\n\n");

        assertThat(read("id: ", response, readBytes)).containsExactly(17L, 18L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void versions_in_the_data_of_a_response_that_is_not_chunked_are_found(int readBytes) {
        String response = "HTTP/1.1 200 OK\r\nTransfer-Time: chunked\r\n\r\n" + EVENTS;

        assertThat(read("data: {\"version\":", response, readBytes)).containsExactly(18L, 19L);
    }

    @Test
    void an_event_is_reported_when_it_is_complete() {
        String response = "HTTP/1.1 200 OK\r\n\r\nid: 17\ndata: 5\n";

        assertThat(read("id: ", response, 1000)).isEmpty();
        assertThat(read("id: ", response + "\n", 1000)).containsExactly(17L);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static List<Long> read(String prefix, String response, int readBytes) {
        List<Long> ids = new ArrayList<>();
        EventIdParser parser = new EventIdParser(prefix);
        byte[] bytes = response.getBytes(US_ASCII);
        for (int begin = 0; begin < bytes.length; begin += readBytes) {
            parser.read(Unpooled.wrappedBuffer(bytes, begin, Math.min(readBytes, bytes.length - begin)), ids::add);
        }
        return ids;
    }
}
