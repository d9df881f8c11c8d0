package io.ratemesh.rates.publish;

import static io.ratemesh.rates.LoneNode.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.LoneNode;
import io.ratemesh.rates.book.BookFile;
import io.ratemesh.rates.book.BookRules;
import io.ratemesh.rates.book.BookState;
import io.ratemesh.rates.book.BundledBook;
import io.ratemesh.rates.book.InitialBook;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.EcbFiles;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader on a node alone in a real cluster. */
class RatesLeaderTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:05:00Z");
    private static final RateBook ON_DISK = book(7, "1.1410");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final EcbFeed ecb = new EcbFeed(EcbFiles.DAILY, Duration.ofMinutes(10));
    private final BookState state = new BookState(BookRules.of(List.of(ecb), RateLimits.DEFAULT, clock), clock);
    private final AtomicInteger started = new AtomicInteger();
    private final List<RateBook> first = new CopyOnWriteArrayList<>();
    private final LoneNode node;
    private final SharedBook shared;
    private final RatesLeader leader;

    RatesLeaderTest(@TempDir Path folder) throws Exception {
        this.node = LoneNode.start(6771);
        this.shared = get(SharedBook.open(node.vertx()));
        BookFile file = new BookFile(folder, clock);
        file.write(ON_DISK);
        this.leader = new RatesLeader(node.vertx(), shared, state, new InitialBook(file, false, clock), first::add);
    }

    @AfterEach
    void stop() throws Exception {
        node.stop();
    }

    @Test
    void without_a_book_on_the_cluster_the_one_on_disk_is_the_first() throws Exception {
        node.on(() -> leader.lead(() -> started.incrementAndGet()));

        await().until(() -> stored().isPresent());

        assertThat(stored().orElseThrow().rates()).isEqualTo(ON_DISK.rates());
        assertThat(stored().orElseThrow().version()).isEqualTo(NOW.toEpochMilli());
        await().until(() -> first.size() == 1);
        assertThat(started).hasValue(1);
        assertThat(state.published()).isEqualTo(stored().orElseThrow());
    }

    @Test
    void with_a_book_on_the_cluster_the_leader_continues_from_it_and_announces_no_first_book() throws Exception {
        RateBook newest = book(NOW.toEpochMilli() + 1, "1.1415");
        get(shared.publish(newest));

        node.on(() -> leader.lead(() -> started.incrementAndGet()));

        await().until(() -> state.published().equals(newest));
        assertThat(stored()).contains(newest);
        assertThat(first).isEmpty();
    }

    @Test
    void a_book_that_the_cluster_has_lost_is_restored() throws Exception {
        node.on(() -> leader.lead(() -> started.incrementAndGet()));
        await().until(() -> state.published().version() > 0);
        node.lose(HazelcastSetup.RATES_MAP, HazelcastSetup.LATEST_BOOK);

        node.on(leader::reconcile);

        await().until(() -> stored().equals(Optional.of(state.published())));
    }

    @Test
    void the_leader_continues_from_a_newer_book_on_the_cluster() throws Exception {
        node.on(() -> leader.lead(() -> started.incrementAndGet()));
        await().until(() -> state.published().version() > 0);
        RateBook newer = book(state.published().version() + 1000, "1.1420");
        get(shared.publish(newer));

        node.on(leader::reconcile);

        await().until(() -> state.published().equals(newer));
        assertThat(stored()).contains(newer);
    }

    @Test
    void a_follower_restores_nothing() throws Exception {
        node.on(() -> leader.lead(() -> started.incrementAndGet()));
        await().until(() -> state.published().version() > 0);
        node.on(leader::stop);
        node.lose(HazelcastSetup.RATES_MAP, HazelcastSetup.LATEST_BOOK);

        node.on(leader::reconcile);
        node.on(leader::rebuild);
        node.on(leader::refreshStale);

        assertThat(stored()).isEmpty();
    }

    private Optional<RateBook> stored() throws Exception {
        return get(shared.read());
    }

    /** The bundled book with another rate of the dollar. */
    private static RateBook book(long version, String usd) {
        Map<String, Rate> rates = new HashMap<>(BundledBook.read().rates());
        rates.put("USD", new Rate(new BigDecimal(usd), "ecb", NOW, NOW.plusSeconds(3600)));
        return new RateBook(version, rates);
    }
}
