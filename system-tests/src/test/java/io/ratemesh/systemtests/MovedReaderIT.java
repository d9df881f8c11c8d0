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
 * nodes that are younger than what they missed. A witness reads a converter that is never killed, past the balancer.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MovedReaderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void a_reader_whose_converter_is_killed_is_told_by_the_next_exactly_what_it_missed() {
        Spread silences = new Spread();
        int toYounger = 0;
        int kills = Repetitions.kills(3);
        try (ClusterUnderTest cluster = new ClusterUnderTest("moved-reader", Feeds.simulated())) {
            cluster.rates();
            cluster.balancer();
            Jvm spared = cluster.converterAskedDirectly();
            cluster.awaitServing(spared);
            cluster.awaitServing(cluster.converter());
            try (SseReader witness = SseReader.open(cluster.converterDoor().uri("/api/v1/stream"))) {
                for (int kill = 0; kill < kills; kill++) {
                    Jvm young = cluster.converter();
                    cluster.awaitServing(young);
                    try (SseReader reader = readerElsewhere(cluster, spared)) {
                        awaitMore(reader, 2);
                        SseEvent before = reader.last().orElseThrow();

                        cluster.jvm(reader.servedBy()).kill();
                        await().atMost(PATIENCE)
                                .until(() -> reader.connections().size() == 2);
                        awaitMore(reader, 3);

                        silences.add(Duration.ofNanos(next(reader, before).receivedNanos() - before.receivedNanos()));
                        toYounger += reader.servedBy().equals(young.id()) ? 1 : 0;
                        assertSame(reader, witness, kill);
                    }
                }
            }
            Measured.note(
                    kills + " kills -9 of a reader's converter, " + toYounger + " moves to the youngest: silence",
                    silences.toString());
        }
    }

    private static void assertSame(SseReader reader, SseReader witness, int kill) {
        long newest = reader.last().orElseThrow().version();
        await().atMost(PATIENCE)
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
        NavigableMap<Long, String> told = updates(reader);
        assertThat(told)
                .as("kill %s: none lost", kill)
                .isEqualTo(updates(witness).subMap(reader.events().get(0).version(), false, told.lastKey(), true));
    }

    /** The balancer gives a reader to the converter with the fewest connections, which may be the spared one. */
    private static SseReader readerElsewhere(ClusterUnderTest cluster, Jvm spared) {
        for (int attempt = 0; attempt < 20; attempt++) {
            SseReader reader = cluster.readAll();
            await().atMost(PATIENCE).until(() -> !reader.servedBy().isEmpty());
            if (!reader.servedBy().equals(spared.id())) {
                return reader;
            }
            reader.close();
        }
        throw new AssertionError("twenty readers, and all on " + spared.id());
    }

    private static SseEvent next(SseReader reader, SseEvent event) {
        return reader.events().get(reader.events().indexOf(event) + 1);
    }

    private static void awaitMore(SseReader reader, int events) {
        int goal = reader.events().size() + events;
        await().atMost(PATIENCE).until(() -> reader.events().size() >= goal);
    }

    private static NavigableMap<Long, String> updates(SseReader reader) {
        return reader.events().stream()
                .filter(event -> event.type().equals("rates"))
                .collect(Collectors.toMap(SseEvent::version, SseEvent::data, (a, b) -> a, TreeMap::new));
    }
}
