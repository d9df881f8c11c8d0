package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ratemesh.model.Rate;
import io.ratemesh.rates.book.QuoteConsensus.Judgement;
import io.ratemesh.rates.feed.CoinbaseFeed;
import io.ratemesh.rates.feed.CurrencyApiFeed;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FrankfurterFeed;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuoteConsensusTest {

    private static final Instant NOW = Instant.parse("2026-07-06T15:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration CONFIRM_AFTER = Duration.ofMinutes(30);
    private static final URI NOWHERE = URI.create("http://127.0.0.1/");
    private static final List<Feed> FEEDS = List.of(
            new CoinbaseFeed(NOWHERE, HOUR, Clock.systemUTC()),
            new EcbFeed(NOWHERE, HOUR),
            new FrankfurterFeed(NOWHERE, HOUR),
            new CurrencyApiFeed(NOWHERE, List.of(), HOUR));

    private final JumpLimit limit = new JumpLimit(new BigDecimal("0.20"));
    private final QuoteConsensus agreement = new QuoteConsensus(FEEDS, limit, CONFIRM_AFTER);
    private final LatestQuotes quotes = new LatestQuotes(limit);
    private Optional<Rate> last = Optional.of(rate("100", "coinbase"));

    @Test
    void whatIsNoJumpIsBelievedOfEveryFeedInTheOrderOfTheFeeds() {
        says("ecb", "101");
        says("coinbase", "102");

        assertThat(judge().believed()).extracting(Rate::source).containsExactly("coinbase", "ecb");
        assertThat(judge().held()).isEmpty();
    }

    @Test
    void aJumpOfOneFeedIsHeldBack() {
        says("coinbase", "150");

        assertThat(judge().believed()).isEmpty();
        assertThat(judge().held()).containsExactly(entry("coinbase", RejectionReason.JUMP));
    }

    @Test
    void aJumpThatAnIndependentFeedConfirmsIsBelieved() {
        says("coinbase", "150");
        says("currency-api", "155");

        assertThat(judge().believed()).extracting(Rate::source).containsExactly("coinbase", "currency-api");
    }

    @Test
    void twoFeedsOfOneOriginDoNotConfirmEachOther() {
        says("ecb", "150");
        says("frankfurter", "150");

        assertThat(judge().held()).containsOnlyKeys("ecb", "frankfurter").containsValue(RejectionReason.JUMP);
    }

    @Test
    void aStaleQuoteConfirmsNothing() {
        says("coinbase", "150");
        quotes.hold("ecb", Map.of("TRY", new Rate(new BigDecimal("150"), "ecb", NOW.minus(HOUR), NOW)), NOW);

        assertThat(judge().held()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void aMadeUpQuoteConfirmsNothing() {
        says("coinbase", "150");
        says("simulated", "150");

        assertThat(judge().held()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void aJumpThatItsFeedKeepsSayingIsBelievedAfterAWhile() {
        saysAt("coinbase", "150", NOW);
        saysAt("coinbase", "151", NOW.plus(CONFIRM_AFTER).minusSeconds(1));
        assertThat(judge().held()).containsEntry("coinbase", RejectionReason.JUMP);

        saysAt("coinbase", "152", NOW.plus(CONFIRM_AFTER));
        assertThat(judge().believed()).hasSize(1);
    }

    @Test
    void aFeedThatSaysNothingHasChangedKeepsSayingSo() {
        saysAt("coinbase", "150", NOW);
        quotes.said("coinbase", NOW.plus(CONFIRM_AFTER));

        assertThat(judge().believed()).hasSize(1);
    }

    @Test
    void aFeedThatFellSilentDoesNotKeepSayingSo() {
        saysAt("coinbase", "150", NOW);
        quotes.silent("coinbase");

        assertThat(agreement
                        .judge("TRY", last, quotes, NOW.plus(CONFIRM_AFTER.multipliedBy(2)))
                        .held())
                .containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void aFeedThatWaversBeginsAnew() {
        saysAt("coinbase", "150", NOW);
        saysAt("coinbase", "100", NOW.plusSeconds(60));
        saysAt("coinbase", "150", NOW.plus(CONFIRM_AFTER));

        assertThat(judge().held()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void noFeedMakesAHundredfoldTrueByInsisting() {
        saysAt("coinbase", "10000", NOW);
        saysAt("coinbase", "10000", NOW.plus(CONFIRM_AFTER.multipliedBy(100)));

        assertThat(judge().held()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void twoThatAgreeOutvoteOneThatInsists() {
        saysAt("coinbase", "250", NOW);
        saysAt("coinbase", "250", NOW.plus(CONFIRM_AFTER));
        says("ecb", "100");
        says("currency-api", "101");

        assertThat(judge().held()).containsExactly(entry("coinbase", RejectionReason.OUTVOTED));
    }

    @Test
    void twoOfOneOriginOutvoteNobody() {
        says("coinbase", "101");
        says("ecb", "250");
        says("frankfurter", "250");

        assertThat(judge().believed()).extracting(Rate::source).containsExactly("coinbase");
    }

    @Test
    void aTokenThatBearsACurrencysCodeIsOutvotedEvenWhereTheBookHasItAlready() {
        last = Optional.of(rate("3.9", "coinbase"));
        says("coinbase", "3.9");
        says("ecb", "4100");
        says("currency-api", "4120");

        Judgement judgement = judge();

        assertThat(judgement.believed()).extracting(Rate::source).containsExactly("ecb", "currency-api");
        assertThat(judgement.held()).containsExactly(entry("coinbase", RejectionReason.OUTVOTED));
        assertThat(judgement.lastOutvoted()).isTrue();
    }

    @Test
    void aNewcomerIsBelievedOnceEveryFeedWasAskedAndNobodyContradicts() {
        last = Optional.empty();
        says("coinbase", "4100");
        assertThat(judge().held()).containsEntry("coinbase", RejectionReason.UNCONFIRMED);

        quotes.silent("ecb");
        quotes.silent("frankfurter");
        assertThat(judge().held()).containsEntry("coinbase", RejectionReason.UNCONFIRMED);

        quotes.silent("currency-api");
        assertThat(judge().believed()).hasSize(1);
    }

    @Test
    void aNewcomerThatAnotherFeedConfirmsNeedNotWaitForTheRest() {
        last = Optional.empty();
        says("coinbase", "4100");
        says("currency-api", "4120");

        assertThat(judge().believed()).hasSize(2);
    }

    @Test
    void aNewcomerOfWhichTwoFeedsSayOtherThingsHasNoRateHoweverLongTheyInsist() {
        last = Optional.empty();
        for (Instant at : List.of(NOW, NOW.plus(CONFIRM_AFTER.multipliedBy(2)))) {
            saysAt("coinbase", "3.9", at);
            saysAt("currency-api", "4100", at);
        }
        quotes.silent("ecb");
        quotes.silent("frankfurter");

        assertThat(judge().believed()).isEmpty();
        assertThat(judge().held().values()).containsOnly(RejectionReason.UNCONFIRMED);
    }

    @Test
    void aMarketIsNotMeasuredAgainstAWalk() {
        last = Optional.of(rate("300", Rate.SIMULATED));
        FEEDS.forEach(feed -> quotes.silent(feed.name()));
        says("coinbase", "100");

        assertThat(judge().believed()).hasSize(1);
    }

    private Judgement judge() {
        return agreement.judge("TRY", last, quotes, NOW);
    }

    private void says(String feed, String perEuro) {
        saysAt(feed, perEuro, NOW);
    }

    private void saysAt(String feed, String perEuro, Instant at) {
        quotes.hold(feed, Map.of("TRY", rate(perEuro, feed)), at);
    }

    private static Rate rate(String perEuro, String source) {
        return new Rate(new BigDecimal(perEuro), source, NOW.minusSeconds(60), NOW.plus(HOUR));
    }
}
