package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.feed.FeedServer;
import io.ratemesh.systemtests.feed.FeedShape;
import io.ratemesh.systemtests.feed.RateTable;
import io.ratemesh.systemtests.feed.ReportedFeed;
import io.ratemesh.systemtests.feed.Scripts;
import io.ratemesh.systemtests.http.ApiClient;
import io.ratemesh.systemtests.http.SseEvent;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Providers send garbage, wrong rates and floods. No wrong rate is published, the status names the problem of each feed, and the
 * true rates return without intervention.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileFeedIT {

    /** The wait after a first failure is up to 5 s, after a second up to 10. */
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    /** A step of the market, far from any jump. */
    private static final String STEP = "1.0013";

    private static final FeedServer FEEDS = new FeedServer();
    private static final ClusterUnderTest CLUSTER = cluster("hostile", FEEDS, "30m");
    private static final ApiClient CONVERTER = CLUSTER.converterApi();

    private static Witness witness;

    @BeforeAll
    static void start() {
        witness = started(CLUSTER, FEEDS);
        awaitTrueRates(CONVERTER, FEEDS);
    }

    @AfterAll
    static void end() {
        Measured.note(
                "hostile feeds", witness.books().size() + " books, " + witness.conversions() + " conversions watched");
        witness.close();
        CLUSTER.close();
        FEEDS.close();
    }

    @AfterEach
    void no_client_has_seen_a_wrong_rate() {
        for (FeedShape feed : FeedShape.values()) {
            FEEDS.serveTruth(feed);
        }
        assertThat(witness.wrong()).isEmpty();
        assertThat(witness.connections()).isEqualTo(1);
    }

    @Test
    void a_rate_that_was_never_true_would_have_been_noticed() {
        assertThat(FEEDS.almanac().knows("USD", FEEDS.truth(FeedShape.ECB).rate("USD")))
                .isTrue();
        assertThat(FEEDS.almanac()
                        .knows("USD", FEEDS.truth(FeedShape.ECB).times("1.5").rate("USD")))
                .isFalse();
        assertThat(witness.books()).isNotEmpty();
    }

    @Test
    void garbage_and_truncated_files_change_nothing() {
        FEEDS.play(FeedShape.COINBASE, Scripts.garbage());
        FEEDS.play(FeedShape.ECB, Scripts.truncated());
        FEEDS.play(FeedShape.OPEN_ER_API, Scripts.truncated());
        FEEDS.play(FeedShape.CURRENCY_API, Scripts.unsuccessful());

        for (FeedShape feed : FeedShape.values()) {
            awaitStatus(feed, status -> status.lastError().contains("unreadable response"));
        }
        theRatesHaveMovedAndAreServedAgain();
    }

    @Test
    void entity_bombs_and_errors_with_status_200_change_nothing() {
        FEEDS.play(FeedShape.ECB, Scripts.billionLaughs());
        FEEDS.play(FeedShape.COINBASE, Scripts.unsuccessful());
        FEEDS.play(FeedShape.OPEN_ER_API, Scripts.unsuccessful());

        awaitStatus(FeedShape.ECB, status -> status.lastError().contains("document type or entities"));
        awaitStatus(FeedShape.COINBASE, status -> status.lastError().contains("unreadable response"));
        awaitStatus(FeedShape.OPEN_ER_API, status -> status.lastError().contains("unreadable response"));
        theRatesHaveMovedAndAreServedAgain();
    }

    @Test
    void a_feed_that_hangs_one_that_floods_and_one_with_429_do_not_delay_the_others() {
        CountDownLatch released = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        FEEDS.play(FeedShape.COINBASE, Scripts.noResponse(released));
        FEEDS.play(FeedShape.OPEN_ER_API, Scripts.tooManyRequests(2));
        FEEDS.play(FeedShape.CURRENCY_API, Scripts.gigabyte(sent));

        awaitStatus(FeedShape.OPEN_ER_API, status -> status.lastError().contains("429"));
        awaitStatus(FeedShape.CURRENCY_API, status -> status.lastError().contains("bytes"));
        move(FeedShape.ECB);
        await().atMost(TIMEOUT).untilAsserted(() -> assertTrue(CONVERTER, FEEDS, FeedShape.ECB));
        awaitStatus(FeedShape.COINBASE, status -> status.lastError().contains("timed out"));
        released.countDown();

        assertThat(sent.get()).as("bytes of the gigabyte").isLessThan(64L << 20);
        List<Long> requests = FEEDS.requestNanos(FeedShape.OPEN_ER_API);
        assertThat(Duration.ofNanos(requests.get(requests.size() - 1) - requests.get(requests.size() - 2)))
                .as("after a 429 with Retry-After: 2")
                .isGreaterThan(Duration.ofMillis(1900));
        theRatesHaveMovedAndAreServedAgain();
    }

    @Test
    void tables_of_another_base_are_rejected_as_a_whole_even_from_every_feed() {
        FEEDS.play(FeedShape.COINBASE, Scripts.table(truth -> truth.times("100")));
        FEEDS.play(FeedShape.ECB, Scripts.table(RateTable::inverted));
        FEEDS.play(FeedShape.OPEN_ER_API, Scripts.table(truth -> truth.times("100")));
        FEEDS.play(FeedShape.CURRENCY_API, Scripts.table(RateTable::inverted));

        for (FeedShape feed : FeedShape.values()) {
            awaitStatus(
                    feed,
                    status -> status.refused("base") > 0
                            && status.lastError().contains("another base")
                            && status.namesLastRefusal());
        }
        theRatesHaveMovedAndAreServedAgain();
    }

    @Test
    void numbers_that_are_not_rates_are_rejected_one_by_one() {
        FEEDS.play(
                FeedShape.COINBASE,
                Scripts.table(truth -> truth.with("ARS", "-1712.4")
                        .with("CLP", "0")
                        .with("COP", "NaN")
                        .with("PEN", "Infinity")));
        FEEDS.play(
                FeedShape.ECB,
                Scripts.table(truth -> truth.with("CZK", "-24.157")
                        .with("DKK", "0.0000")
                        .with("HUF", "NaN")
                        .with("PLN", "1.127,54")));
        FEEDS.play(
                FeedShape.OPEN_ER_API,
                Scripts.table(truth -> truth.with("QAR", "0").with("OMR", "-0.43889")));
        FEEDS.play(FeedShape.CURRENCY_API, Scripts.table(truth -> truth.with("DOP", "NaN")));

        awaitStatus(FeedShape.COINBASE, status -> status.refused("sign") >= 2 && status.refused("unreadable") >= 2);
        awaitStatus(FeedShape.ECB, status -> status.refused("sign") >= 2 && status.refused("unreadable") >= 2);
        awaitStatus(FeedShape.OPEN_ER_API, status -> status.refused("sign") >= 2);
        // NaN is not JSON, so the whole response is unreadable.
        awaitStatus(FeedShape.CURRENCY_API, status -> status.lastError().contains("unreadable response"));
        theRatesHaveMovedAndAreServedAgain();
    }

    @Test
    void the_file_of_the_day_before_is_ignored() {
        FEEDS.play(FeedShape.ECB, Scripts.dayBefore(truth -> truth.times("0.97")));
        FEEDS.play(FeedShape.OPEN_ER_API, Scripts.dayBefore(truth -> truth.times("0.97")));
        FEEDS.play(FeedShape.CURRENCY_API, Scripts.dayBefore(truth -> truth.times("0.97")));

        for (FeedShape feed : List.of(FeedShape.ECB, FeedShape.OPEN_ER_API, FeedShape.CURRENCY_API)) {
            awaitStatus(feed, status -> status.refused("older") >= 30);
        }
        theRatesHaveMovedAndAreServedAgain();
    }

    @Test
    void a_feed_with_a_third_of_its_currencies_updates_those_and_removes_none() {
        RateTable before = FEEDS.truth(FeedShape.COINBASE);
        for (FeedShape feed : FeedShape.values()) {
            FEEDS.play(feed, Scripts.table(truth -> truth.first(10)));
            awaitStatus(feed, status -> status.refused("shrunken") > 0);
        }
        move(FeedShape.COINBASE);

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(rateOf(CONVERTER, "USD"))
                        .isEqualByComparingTo(FEEDS.truth(FeedShape.COINBASE).rate("USD")));
        assertThat(rateOf(CONVERTER, "ARS")).isEqualByComparingTo(before.rate("ARS"));
        theRatesHaveMovedAndAreServedAgain();
    }

    @Test
    void exponents_are_read_to_the_digit() {
        for (FeedShape feed : FeedShape.values()) {
            FEEDS.play(feed, Scripts.table(RateTable::inExponents));
            move(feed);
        }

        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertTrue(CONVERTER, FEEDS, FeedShape.COINBASE);
            assertTrue(CONVERTER, FEEDS, FeedShape.OPEN_ER_API);
            assertTrue(CONVERTER, FEEDS, FeedShape.CURRENCY_API);
        });
        assertThat(rateOf(CONVERTER, "XAU")).isLessThan(new BigDecimal("0.001"));
        theRatesHaveMovedAndAreServedAgain();
    }

    @Test
    void a_jump_needs_the_confirmation_of_an_independent_feed() {
        BigDecimal before = FEEDS.truth(FeedShape.COINBASE).rate("ARS");
        String jumped = FEEDS.truth(FeedShape.COINBASE).times("1.5").rate("ARS").toPlainString();
        FEEDS.play(FeedShape.COINBASE, Scripts.table(truth -> truth.with("ARS", jumped)));

        awaitStatus(
                FeedShape.COINBASE,
                status -> status.held("ARS").equals("jump") && status.refused("jump") > 0 && status.namesLastRefusal());
        assertThat(rateOf(CONVERTER, "ARS")).isEqualByComparingTo(before);

        FEEDS.publish(FeedShape.COINBASE, FEEDS.truth(FeedShape.COINBASE).with("ARS", jumped));
        FEEDS.publish(FeedShape.OPEN_ER_API, FEEDS.truth(FeedShape.OPEN_ER_API).with("ARS", jumped));

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(rateOf(CONVERTER, "ARS")).isEqualByComparingTo(jumped));
        awaitStatus(FeedShape.COINBASE, status -> status.held("ARS").isEmpty());
        theRatesHaveMovedAndAreServedAgain();
    }

    @ParameterizedTest
    @EnumSource
    void a_jump_that_other_feeds_contradict_is_outvoted(FeedShape liar) {
        FEEDS.play(liar, Scripts.table(truth -> truth.withJump("BRL", "1.5")));

        awaitStatus(liar, status -> status.held("BRL").equals("outvoted") && status.refused("outvoted") > 0);
        theRatesHaveMovedAndAreServedAgain();
        awaitStatus(liar, status -> status.held("BRL").isEmpty());
    }

    @Test
    void a_jump_of_a_single_feed_is_accepted_after_confirm_after_and_not_before() {
        Duration confirmAfter = Duration.ofSeconds(3);
        try (FeedServer feeds = new FeedServer();
                ClusterUnderTest cluster = cluster("insisting", feeds, "3s");
                Witness seen = started(cluster, feeds)) {
            ApiClient converter = cluster.converterApi();
            awaitTrueRates(converter, feeds);

            RateTable crashed = feeds.truth(FeedShape.COINBASE).withJump("ARS", "1.5");
            long saidNanos = System.nanoTime();
            feeds.publish(FeedShape.COINBASE, crashed);

            await().atMost(TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(rateOf(converter, "ARS")).isEqualByComparingTo(crashed.rate("ARS")));
            SseEvent first = seen.books().stream()
                    .filter(event -> event.json().getJsonObject("rates").containsKey("EUR/ARS"))
                    .filter(event -> new BigDecimal(event.rate("EUR/ARS")).compareTo(crashed.rate("ARS")) == 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(Duration.ofNanos(first.receivedNanos() - saidNanos)).isGreaterThanOrEqualTo(confirmAfter);
            assertThat(seen.wrong()).isEmpty();
        }
    }

    private static ClusterUnderTest cluster(String purpose, FeedServer feeds, String confirmAfter) {
        return new ClusterUnderTest(purpose, Feeds.served(feeds))
                .with("rates.limits.max-jump", "20%")
                .with("rates.limits.confirm-after", confirmAfter)
                .with("rates.limits.min-share", "60%");
    }

    /** Starts a rates node and a converter, and watches from the first response on. */
    private static Witness started(ClusterUnderTest cluster, FeedServer feeds) {
        cluster.rates();
        cluster.awaitResponding(cluster.converterAlone());
        Set<String> currencies = new TreeSet<>();
        for (FeedShape feed : FeedShape.values()) {
            currencies.addAll(feeds.truth(feed).currencies());
        }
        return new Witness(cluster.converterApi(), feeds.almanac(), currencies);
    }

    private static void awaitStatus(FeedShape feed, Predicate<ReportedFeed> condition) {
        await("the status of " + feed.feedName())
                .atMost(TIMEOUT)
                .until(() -> ReportedFeed.of(feed, CONVERTER), condition);
    }

    /** The true rates change while the feeds fail; the feeds then serve them again, and the converter gets them. */
    private static void theRatesHaveMovedAndAreServedAgain() {
        for (FeedShape feed : FeedShape.values()) {
            move(feed);
            FEEDS.serveTruth(feed);
        }
        awaitTrueRates(CONVERTER, FEEDS);
        for (FeedShape feed : FeedShape.values()) {
            awaitStatus(feed, status -> status.lastError().isEmpty());
        }
    }

    private static void move(FeedShape feed) {
        FEEDS.publish(feed, FEEDS.truth(feed).times(STEP));
    }

    private static void awaitTrueRates(ApiClient converter, FeedServer feeds) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            for (FeedShape feed : FeedShape.values()) {
                assertTrue(converter, feeds, feed);
            }
        });
    }

    /** The converter has the current rates of the currencies that only this feed lists. */
    private static void assertTrue(ApiClient converter, FeedServer feeds, FeedShape feed) {
        JsonObject rates = table(converter);
        RateTable truth = feeds.truth(feed);
        assertThat(truth.currencies().stream()
                        .filter(currency -> isListedByOneAlone(feeds, currency))
                        .filter(currency -> !rates.containsKey(currency)
                                || rate(rates, currency).compareTo(truth.rate(currency)) != 0))
                .as("not yet what " + feed.feedName() + " says")
                .isEmpty();
    }

    private static boolean isListedByOneAlone(FeedServer feeds, String currency) {
        return List.of(FeedShape.values()).stream()
                        .filter(feed -> feeds.truth(feed).currencies().contains(currency))
                        .count()
                == 1;
    }

    private static BigDecimal rateOf(ApiClient converter, String currency) {
        return rate(table(converter), currency);
    }

    private static JsonObject table(ApiClient converter) {
        return new JsonObject(converter.get("/api/v1/rates?base=EUR").body()).getJsonObject("rates");
    }

    private static BigDecimal rate(JsonObject rates, String currency) {
        return new BigDecimal(
                rates.getValue(currency) instanceof JsonObject rate
                        ? rate.getString("rate")
                        : String.valueOf(rates.getValue(currency)));
    }
}
