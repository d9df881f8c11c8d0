package io.ratemesh.systemtests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SseParserTest {

    private final SseParser parser = new SseParser();

    @Test
    void an_empty_line_ends_an_event() {
        assertThat(read("id: 7", "event: rates", "data: {}", "", "data: a", "data: b", ""))
                .containsExactly(new SseEvent("7", "rates", "{}", 0), new SseEvent("7", "message", "a\nb", 0));
    }

    @Test
    void a_comment_is_counted_and_is_no_event() {
        assertThat(read(": still here", "", ":", "")).isEmpty();
        assertThat(parser.comments()).isEqualTo(2);
    }

    @Test
    void retry_without_data_is_kept_and_is_no_event() {
        assertThat(read("retry: 2000", "")).isEmpty();
        assertThat(parser.retry()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void an_event_cut_in_the_middle_is_dropped_and_the_id_of_the_last_whole_line_is_kept() {
        assertThat(read("id: 7", "data: {}", "")).hasSize(1);
        assertThat(read("event: rates", "data: {half")).isEmpty();
        parser.interrupted();

        assertThat(read("")).isEmpty();
        assertThat(parser.lastEventId()).isEqualTo("7");
    }

    private List<SseEvent> read(String... lines) {
        return Stream.of(lines).flatMap(line -> parser.line(line, 0).stream()).toList();
    }
}
