package io.ratemesh.converter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.model.RateBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamReaderTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long TIMEOUT = 30 * SECOND;

    private final Network network = new Network();
    private final ReplayWindow window = new ReplayWindow(3);
    private final RateBook first = TestBooks.example().version(1);
    private final FilterGroup group = new FilterGroup(PairFilter.ALL, window, first);
    private final StreamReader reader = new StreamReader(network, group, 1, () -> network.nanos);

    StreamReaderTest() {
        window.add(first);
        group.readers().add(reader);
    }

    @Test
    void readers_that_keep_up_share_each_event() {
        Network other = new Network();
        group.readers().add(new StreamReader(other, group, 1, () -> other.nanos));

        assertThat(advance(2, "1.2")).isEqualTo(2);

        assertThat(network.sent).hasSize(1);
        assertThat(network.sent.get(0)).isSameAs(other.sent.get(0));
    }

    @Test
    void a_lagging_reader_gets_the_newest_rates_once() {
        network.full = true;
        for (int version = 2; version <= 4; version++) {
            advance(version, "1." + version);
        }
        assertThat(network.sent).isEmpty();
        assertThat(reader.isLagging()).isTrue();

        network.full = false;
        assertThat(reader.catchUp()).isTrue();

        assertThat(network.texts())
                .singleElement()
                .asString()
                .startsWith("id: 4\nevent: rates\n")
                .contains("\"EUR/USD\":{\"rate\":\"1.4\"")
                .doesNotContain("EUR/JPY");
        advance(5, "1.5");
        assertThat(network.sent).hasSize(2);
    }

    @Test
    void a_reader_that_missed_more_than_the_window_gets_all_pairs() {
        network.full = true;
        for (int version = 2; version <= 9; version++) {
            advance(version, "1." + version);
        }
        network.full = false;
        reader.catchUp();

        assertThat(network.texts()).singleElement().asString().contains("EUR/USD", "EUR/JPY", "EUR/GBP");
    }

    @Test
    void a_rate_that_is_back_at_its_old_value_is_not_sent_to_a_lagging_reader() {
        network.full = true;
        advance(2, "1.2");
        advance(3, "1.1415");
        network.full = false;

        assertThat(reader.catchUp()).isFalse();
        assertThat(network.sent).isEmpty();
        advance(4, "1.4");
        assertThat(network.texts()).singleElement().asString().startsWith("id: 4\n");
    }

    @Test
    void an_update_of_other_pairs_is_not_sent() {
        PairFilter pounds = PairFilter.parse("EUR/GBP", first, 1).orElseThrow();
        FilterGroup few = new FilterGroup(pounds, window, first);
        few.readers().add(new StreamReader(network, few, 1, () -> network.nanos));

        assertThat(few.advance(TestBooks.example().ecb("USD", "9").version(2))).isZero();
        assertThat(network.sent).isEmpty();
    }

    @Test
    void a_drained_queue_of_a_reader_that_keeps_up_sends_nothing() {
        assertThat(reader.catchUp()).isFalse();
        assertThat(network.sent).isEmpty();
    }

    @Test
    void a_reader_is_stalled_when_nothing_is_taken_within_the_timeout() {
        advance(2, "1.2");
        network.nanos += TIMEOUT - 1;
        assertThat(reader.detectStall(TIMEOUT)).isFalse();
        network.nanos++;
        assertThat(reader.detectStall(TIMEOUT)).isTrue();
    }

    @Test
    void a_slow_reader_is_not_stalled() {
        advance(2, "1.2");
        advance(3, "1.3");
        network.nanos += TIMEOUT - 1;
        network.take();
        assertThat(reader.detectStall(TIMEOUT)).isFalse();
        network.nanos += TIMEOUT - 1;
        assertThat(reader.detectStall(TIMEOUT)).isFalse();
        network.take();
        assertThat(reader.detectStall(TIMEOUT)).isFalse();
        network.nanos += 10 * TIMEOUT;
        assertThat(reader.detectStall(TIMEOUT)).isFalse();
    }

    @Test
    void a_reader_without_updates_for_long_is_not_stalled_by_the_first() {
        network.nanos += 10 * TIMEOUT;
        advance(2, "1.2");
        assertThat(reader.detectStall(TIMEOUT)).isFalse();
    }

    @Test
    void a_heartbeat_is_sent_only_after_silence_and_not_to_a_full_queue() {
        reader.heartbeat(SECOND);
        assertThat(network.sent).isEmpty();
        network.nanos += SECOND;
        reader.heartbeat(SECOND);
        reader.heartbeat(SECOND);
        assertThat(network.texts()).containsExactly(":\n\n");
        network.nanos += SECOND;
        network.full = true;
        reader.heartbeat(SECOND);
        assertThat(network.sent).hasSize(1);
    }

    @Test
    void a_snapshot_is_cached_until_it_would_differ() {
        Instant staleAt = Instant.ofEpochMilli(1000);
        RateBook book = TestBooks.example().staleAt(staleAt, "CHF", "0.93").version(2);
        group.advance(book);

        EncodedEvent before = group.snapshot(staleAt.minusMillis(2));
        assertThat(group.snapshot(staleAt.minusMillis(1))).isSameAs(before);
        EncodedEvent after = group.snapshot(staleAt);

        assertThat(before.toString()).doesNotContain("\"stale\":true");
        assertThat(after.toString()).contains("\"stale\":true");
        assertThat(group.snapshot(staleAt.plusSeconds(9))).isSameAs(after);
    }

    private int advance(long version, String dollars) {
        RateBook book = TestBooks.example().ecb("USD", dollars).version(version);
        window.add(book);
        return group.advance(book);
    }

    private static final class Network implements EventSink {

        private final List<EncodedEvent> sent = new ArrayList<>();
        private boolean full;
        private int waiting;
        private long nanos;

        List<String> texts() {
            return sent.stream().map(EncodedEvent::toString).toList();
        }

        void take() {
            waiting--;
        }

        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public void send(EncodedEvent event) {
            sent.add(event);
            waiting++;
        }

        @Override
        public int queued() {
            return waiting;
        }

        @Override
        public void end(EncodedEvent last) {
            sent.add(last);
        }

        @Override
        public void abort() {
            waiting = 0;
        }
    }
}
