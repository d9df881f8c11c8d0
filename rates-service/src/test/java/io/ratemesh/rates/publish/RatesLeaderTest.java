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
import io.ratemesh.rates.book.BookRules;
import io.ratemesh.rates.book.InitialBook;
import io.ratemesh.rates.book.RateChoice;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.EcbFiles;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A leader on a real cluster of one. */
class RatesLeaderTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:05:00Z");
    private static final RateBook ON_DISK = book(7, "1.1410");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final EcbFeed ecb = new EcbFeed(EcbFiles.DAILY, Duration.ofMinutes(10));
    private final BookHolder holder = new BookHolder();
    private final List<RateBook> first = new CopyOnWriteArrayList<>();
    private final LoneNode node;
    private final SharedBook shared;
    private final RatesLeader leader;

    RatesLeaderTest() throws Exception {
        this.node = LoneNode.start(6771);
        this.shared = get(SharedBook.open(node.vertx()));
        this.leader = new RatesLeader(
                node.vertx(),
                shared,
                holder,
                new LeaderBook(BookRules.of(List.of(ecb), RateLimits.DEFAULT, clock), clock),
                new InitialBook(new RateChoice(List.of("ecb")), false, clock),
                () -> Future.succeededFuture(List.of(ON_DISK)),
                new FeedPolls(),
                first::add);
    }

    @AfterEach
    void stop() throws Exception {
        node.stop();
    }

    @Test
    void where_the_cluster_has_no_book_the_one_on_disk_is_the_first() throws Exception {
        node.on(leader::lead);

        await().until(() -> stored().isPresent());

        assertThat(stored().orElseThrow().rates()).isEqualTo(ON_DISK.rates());
        assertThat(stored().orElseThrow().version()).isEqualTo(NOW.toEpochMilli());
        await().until(() -> first.size() == 1);
        assertThat(holder.book()).isEqualTo(stored().orElseThrow());
    }

    @Test
    void where_the_cluster_has_a_book_it_goes_on_from_that_and_tells_of_no_first() throws Exception {
        RateBook newest = book(NOW.toEpochMilli() + 1, "1.1415");
        get(shared.publish(newest));

        node.on(leader::lead);

        await().until(() -> holder.book().equals(newest));
        assertThat(stored()).contains(newest);
        assertThat(first).isEmpty();
    }

    @Test
    void a_book_that_the_cluster_has_lost_is_put_back() throws Exception {
        node.on(leader::lead);
        await().until(() -> holder.book().version() > 0);
        node.lose(HazelcastSetup.RATES_MAP, HazelcastSetup.LATEST_BOOK);

        node.on(leader::reconcile);

        await().until(() -> stored().equals(Optional.of(holder.book())));
    }

    @Test
    void a_newer_book_on_the_cluster_is_gone_on_from() throws Exception {
        node.on(leader::lead);
        await().until(() -> holder.book().version() > 0);
        RateBook newer = book(holder.book().version() + 1000, "1.1420");
        get(shared.publish(newer));

        node.on(leader::reconcile);

        await().until(() -> holder.book().equals(newer));
        assertThat(stored()).contains(newer);
    }

    @Test
    void who_follows_puts_nothing_back() throws Exception {
        node.on(leader::lead);
        await().until(() -> holder.book().version() > 0);
        node.on(leader::follow);
        node.lose(HazelcastSetup.RATES_MAP, HazelcastSetup.LATEST_BOOK);

        node.on(leader::reconcile);
        node.on(leader::rebuild);
        node.on(leader::watchAge);

        assertThat(stored()).isEmpty();
    }

    private Optional<RateBook> stored() throws Exception {
        return get(shared.read());
    }

    private static RateBook book(long version, String dollar) {
        return new RateBook(
                version, Map.of("USD", new Rate(new BigDecimal(dollar), "ecb", NOW, NOW.plusSeconds(3600))));
    }
}
