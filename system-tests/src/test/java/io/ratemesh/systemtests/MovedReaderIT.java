package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.http.SseEvent;
import io.ratemesh.systemtests.http.SseReader;
import io.ratemesh.systemtests.process.Jvm;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * A reader's converter is killed, again and again, each time after a new one has joined, so that readers also move to
 * nodes that started after the missed events. A witness reads directly from a converter that is never killed.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MovedReaderIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void a_reader_whose_converter_is_killed_gets_exactly_the_missed_events_from_the_next() {
        Spread gaps = new Spread();
        int toYounger = 0;
        int kills = Repetitions.kills(3);
        try (ClusterUnderTest cluster = new ClusterUnderTest("moved-reader", Feeds.simulated())) {
            cluster.rates();
            cluster.balancer();
            Jvm kept = cluster.converterWithPort();
            cluster.awaitServing(kept);
            cluster.awaitServing(cluster.converter());
            try (SseReader witness = SseReader.open(cluster.converterApi().uri("/api/v1/stream"))) {
                for (int kill = 0; kill < kills; kill++) {
                    Jvm newest = cluster.converter();
                    cluster.awaitServing(newest);
                    try (SseReader reader = readerElsewhere(cluster, kept)) {
                        awaitMore(reader, 2);
                        SseEvent before = reader.last().orElseThrow();

                        cluster.jvm(reader.servedBy()).kill();
                        await().atMost(TIMEOUT).until(() -> reader.connections().size() == 2);
                        awaitMore(reader, 3);

                        gaps.add(Duration.ofNanos(next(reader, before).receivedNanos() - before.receivedNanos()));
                        toYounger += reader.servedBy().equals(newest.id()) ? 1 : 0;
                        assertSame(reader, witness, kill);
                    }
                }
            }
            Measured.note(
                    kills + " kills -9 of a reader's converter, " + toYounger + " moves to the newest: pause",
                    gaps.toString());
        }
    }

    private static void assertSame(SseReader reader, SseReader witness, int kill) {
        long newest = reader.last().orElseThrow().version();
        await().atMost(TIMEOUT)
                .until(() -> witness.last().map(SseEvent::version).orElse(0L) >= newest);

        assertThat(reader.events().stream().map(SseEvent::version).toList())
                .as("kill %s: none doubled, none out of order", kill)
                .isSortedAccordingTo(Long::compare)
                .doesNotHaveDuplicates();
        assertThat(reader.events())
                .as("kill %s", kill)
                .noneMatch(event -> event.type().equals("resync"))
                .filteredOn(event -> event.type().equals("snapshot"))
                .hasSize(1);
        NavigableMap<Long, String> received = updates(reader);
        assertThat(received)
                .as("kill %s: none lost", kill)
                .isEqualTo(updates(witness).subMap(reader.events().get(0).version(), false, received.lastKey(), true));
    }

    /** The balancer gives a reader to the converter with the fewest connections, which may be the one that is kept. */
    private static SseReader readerElsewhere(ClusterUnderTest cluster, Jvm kept) {
        for (int attempt = 0; attempt < 20; attempt++) {
            SseReader reader = cluster.readAll();
            await().atMost(TIMEOUT).until(() -> !reader.servedBy().isEmpty());
            if (!reader.servedBy().equals(kept.id())) {
                return reader;
            }
            reader.close();
        }
        throw new AssertionError("twenty readers, and all on " + kept.id());
    }

    private static SseEvent next(SseReader reader, SseEvent event) {
        return reader.events().get(reader.events().indexOf(event) + 1);
    }

    private static void awaitMore(SseReader reader, int events) {
        int goal = reader.events().size() + events;
        await().atMost(TIMEOUT).until(() -> reader.events().size() >= goal);
    }

    private static NavigableMap<Long, String> updates(SseReader reader) {
        return reader.events().stream()
                .filter(event -> event.type().equals("rates"))
                .collect(Collectors.toMap(SseEvent::version, SseEvent::data, (a, b) -> a, TreeMap::new));
    }
}
