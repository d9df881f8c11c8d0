package io.ratemesh.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.RateBookCodec;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.book.FeedStatusReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * During an upgrade, nodes of this release and of the one before run side by side. Its messages are in
 * {@code previous-release}, recorded from a cluster; replace them at each release.
 */
class PreviousReleaseTest {

    static Stream<JsonObject> announcements() throws IOException {
        return new JsonArray(recorded("announcements.json")).stream().map(JsonObject.class::cast);
    }

    @ParameterizedTest
    @MethodSource("announcements")
    void its_announcements_are_read_and_ours_have_all_that_it_reads(JsonObject recorded) {
        String sent = Announcement.fromJson(recorded).orElseThrow().toJson().encode();

        assertThat(new JsonObject(sent).getMap()).containsAllEntriesOf(recorded.getMap());
    }

    @Test
    void its_book_is_read_and_ours_is_what_it_would_write() throws IOException {
        String recorded = recorded("book");

        assertThat(RateBookCodec.encode(RateBookCodec.decode(recorded))).isEqualTo(recorded);
    }

    @Test
    void our_status_of_a_feed_is_what_it_would_write() throws IOException {
        JsonObject recorded =
                new JsonObject(recorded("feeds.json")).getJsonArray("feeds").getJsonObject(0);
        FeedStatusReport ours = new FeedStatusReport(
                "ecb",
                Optional.of(Instant.parse("2026-11-21T03:29:53.225621439Z")),
                Optional.empty(),
                Optional.of(Instant.parse("2026-11-21T03:30:21.941413548Z")),
                Optional.of("host not found"),
                0);

        assertThat(new JsonObject(ours.toJson().encode()).getMap()).containsAllEntriesOf(recorded.getMap());
    }

    private static String recorded(String name) throws IOException {
        String path = "previous-release/" + name;
        try (InputStream file = Objects.requireNonNull(PreviousReleaseTest.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }
}
