package io.ratemesh.node.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {

    private static final Announcement FULL = new Announcement(
            "converter-1",
            "member-1",
            NodeRole.CONVERTER,
            "10.0.0.1",
            8081,
            NodeState.DRAINING,
            1_783_346_400_000L,
            new Load(3, 2000, 0.125, 7, 64_000_000, 180_000_000, 2, 5),
            "1.2.3",
            Instant.parse("2026-07-06T14:00:00.123Z"));

    @Test
    void an_announcement_reaches_the_other_node() {
        JsonObject sent = new JsonObject(FULL.toJson().encode());

        assertThat(Announcement.fromJson(sent)).contains(FULL);
    }

    @Test
    void what_a_later_release_adds_is_ignored() {
        assertThat(Announcement.fromJson(FULL.toJson().put("zone", "eu-1").put("tags", new JsonObject())))
                .contains(FULL);
    }

    @Test
    void a_node_in_a_state_of_a_later_release_is_present_and_does_not_serve_yet() {
        assertThat(Announcement.fromJson(FULL.toJson().put("state", "ASLEEP")))
                .contains(FULL.withState(NodeState.STARTING));
    }

    @Test
    void an_announcement_of_an_earlier_release_without_a_load_is_read() {
        JsonObject json = FULL.toJson();
        for (String field : new String[] {
            "inFlight", "streams", "cpu", "loopLagMillis", "heapBytes", "rssBytes", "processors", "converterRequests"
        }) {
            json.remove(field);
        }

        assertThat(Announcement.fromJson(json)).contains(FULL.withLoad(Load.NONE));
        assertThat(Announcement.fromJson(json.putNull("inFlight").putNull("cpu")))
                .contains(FULL.withLoad(Load.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "member", "host", "role", "state", "startedAt"})
    void without_what_makes_a_node_it_is_none(String field) {
        JsonObject json = FULL.toJson();
        json.remove(field);

        assertThat(Announcement.fromJson(json)).isEmpty();
        assertThat(Announcement.fromJson(FULL.toJson().putNull(field))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "role, gardener",
        "startedAt, yesterday",
        "port, eighty",
        "bookVersion, new",
        "inFlight, many",
        "cpu, hot"
    })
    void garbage_is_no_node(String field, String value) {
        assertThat(Announcement.fromJson(FULL.toJson().put(field, value))).isEmpty();
        assertThat(Announcement.fromJson(FULL.toJson().put(field, new JsonObject())))
                .isEmpty();
    }
}
