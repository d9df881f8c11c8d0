package io.ratemesh.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.RateBookCodec;
import io.ratemesh.node.announce.Announcement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
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

    private static String recorded(String name) throws IOException {
        String path = "previous-release/" + name;
        try (InputStream file = Objects.requireNonNull(PreviousReleaseTest.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }
}
