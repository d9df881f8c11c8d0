package io.ratemesh.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.chaos.Violations.Kind;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** A check that overlooks something would let every fault pass. */
class ReaderStateTest {

    private static final String BEFORE =
            "{\"rates\":{\"EUR/USD\":" + rate("1.10") + ",\"EUR/GBP\":" + rate("0.85") + "}}";
    private static final String CHANGE = "{\"rates\":{\"EUR/USD\":" + rate("1.11") + "}}";
    private static final String AFTER =
            "{\"rates\":{\"EUR/USD\":" + rate("1.11") + ",\"EUR/GBP\":" + rate("0.85") + "}}";

    private final ReceivedBooks books = new ReceivedBooks();
    private final Violations violations = books.begin(false);
    private final ReaderState reader = new ReaderState(ReceivedBooks.ALL, books);
    private final ReaderState other = new ReaderState(ReceivedBooks.ALL, books);

    @Test
    void a_snapshot_and_changes_are_the_same_as_a_later_snapshot() {
        reader.event("snapshot", 5, BEFORE);
        reader.event("rates", 6, CHANGE);
        other.event("snapshot", 6, AFTER);
        reader.event("rates", 7, CHANGE);
        books.settle();

        assertThat(violations.examples()).isEmpty();
        assertThat(reader.lastEventId()).isEqualTo("7");
    }

    @Test
    void another_rate_of_the_same_version_is_wrong() {
        reader.event("snapshot", 5, BEFORE);
        other.event("snapshot", 5, AFTER);

        assertOnly(Kind.WRONG, 1);
    }

    @Test
    void an_older_version_goes_back_and_the_same_one_is_doubled() {
        reader.event("snapshot", 6, AFTER);
        reader.event("rates", 6, CHANGE);

        assertOnly(Kind.DOUBLED, 1);

        reader.event("rates", 5, CHANGE);

        assertThat(violations.count(Kind.BACKWARDS)).isEqualTo(1);
    }

    @Test
    void a_version_that_only_others_received_is_lost() {
        reader.event("snapshot", 5, BEFORE);
        other.event("snapshot", 5, BEFORE);
        other.event("rates", 6, CHANGE);
        other.event("rates", 7, BEFORE);
        reader.event("rates", 7, BEFORE);
        books.settle();

        assertOnly(Kind.LOST, 1);
    }

    @Test
    void a_version_that_changes_nothing_for_this_reader_is_not_lost() {
        reader.event("snapshot", 5, BEFORE);
        reader.event("rates", 6, CHANGE);
        other.event("snapshot", 6, AFTER);
        other.event("rates", 7, CHANGE);
        reader.event("rates", 8, BEFORE);
        books.settle();

        assertThat(violations.count(Kind.LOST)).isZero();
    }

    @Test
    void a_snapshot_after_a_reconnect_means_that_the_replay_failed_whether_it_was_announced_or_not() {
        reader.event("snapshot", 5, BEFORE);
        reader.event("resync", 5, "{}");
        reader.event("snapshot", 6, AFTER);
        reader.event("snapshot", 7, AFTER);

        assertOnly(Kind.RESYNCED, 2);
    }

    @Test
    void while_the_cluster_is_split_a_reader_may_miss_what_others_receive_but_not_go_back() {
        Violations split = books.begin(true);
        reader.event("snapshot", 5, BEFORE);
        other.event("snapshot", 6, AFTER);
        reader.event("rates", 7, CHANGE);
        reader.event("resync", 7, "{}");
        reader.event("snapshot", 6, AFTER);
        books.settle();

        assertThat(split.count(Kind.BACKWARDS)).isEqualTo(1);
        assertThat(split.examples()).hasSize(1);
    }

    @Test
    void a_conversion_follows_from_the_book_it_names() {
        reader.event("snapshot", 5, BEFORE);
        books.converted(5, "USD", "GBP", new BigDecimal("100"), new BigDecimal("77.27"));
        books.settle();

        assertThat(violations.isEmpty()).isTrue();

        books.converted(5, "USD", "GBP", new BigDecimal("100"), new BigDecimal("77.28"));
        books.converted(4, "USD", "GBP", new BigDecimal("100"), new BigDecimal("77.27"));
        books.settle();

        assertOnly(Kind.WRONG, 2);
    }

    @Test
    void a_version_of_a_split_cluster_that_no_reader_received_is_not_checked_but_one_that_a_reader_received_is() {
        Violations split = books.begin(true);
        reader.event("snapshot", 5, BEFORE);
        books.converted(4, "USD", "GBP", new BigDecimal("100"), new BigDecimal("77.27"));
        books.converted(5, "USD", "GBP", new BigDecimal("100"), new BigDecimal("77.28"));
        books.joined();
        books.settle();

        assertThat(split.count(Kind.WRONG)).isEqualTo(1);
    }

    private void assertOnly(Kind kind, long count) {
        assertThat(violations.count(kind)).isEqualTo(count);
        assertThat(violations.examples()).hasSize(1);
    }

    private static String rate(String value) {
        return "{\"rate\":\"" + value + "\",\"asOf\":\"2026-07-06T14:00:00Z\",\"source\":\"ecb\",\"stale\":false}";
    }
}
