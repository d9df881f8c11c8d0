package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.feed.SteppingFeed;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of one feed's answer is sane, judged by itself, by what the same feed said before and by the last book. Whether
 * a sane quote is believed is for {@link QuoteConsensus}.
 */
public final class QuoteValidator {

    /** So many currencies make a base; one that moves alone is a jump. */
    private static final int LEAST_COMPARABLE = 2;

    private final RateLimits limits;
    private final JumpLimit limit;
    private final Clock clock;

    public QuoteValidator(RateLimits limits, Clock clock) {
        this.limits = limits;
        this.limit = new JumpLimit(limits.maxJump());
        this.clock = clock;
    }

    /**
     * The outcome.
     *
     * @param rates what is sane, by currency
     * @param refused how many quotes were refused for what
     * @param whole why nothing of the answer is taken, in words for a person; empty where something is, or where all
     *     that is wrong with it is its age
     */
    public record Checked(Map<String, Rate> rates, Map<RejectionReason, Integer> refused, Optional<String> whole) {}

    /**
     * Checks an answer.
     *
     * @param held what the feeds said before
     * @param last the newest book, which knows what was said before this process began
     */
    public Checked check(Feed feed, FeedResponse answer, LatestQuotes held, RateBook last) {
        Map<RejectionReason, Integer> refused = new EnumMap<>(RejectionReason.class);
        if (answer.unreadable() > 0) {
            refused.put(RejectionReason.UNREADABLE, answer.unreadable());
        }
        Map<String, FeedQuote> sane = sane(answer, clock.instant(), refused);
        int missing = missing(feed, sane.size(), held, last);
        if (missing > 0) {
            refused.put(RejectionReason.SHRUNKEN, missing);
        }
        int jumped = 0;
        int comparable = 0;
        Map<String, Rate> rates = new HashMap<>();
        for (FeedQuote quote : sane.values()) {
            Optional<Rate> same = ofSameFeed(feed, quote.currency(), held, last);
            if (same.filter(rate -> quote.observedAt().isBefore(rate.asOf())).isPresent()) {
                refused.merge(RejectionReason.OLDER, 1, Integer::sum);
                continue;
            }
            Rate rate = rate(feed, quote);
            Optional<Rate> before = last.rate(quote.currency())
                    .filter(known -> !known.simulated() || rate.simulated())
                    .or(() -> same);
            if (before.isPresent()) {
                comparable++;
                jumped += limit.jumped(before.get(), quote.perEuro(), quote.observedAt()) ? 1 : 0;
            }
            rates.put(quote.currency(), rate);
        }
        if (comparable >= LEAST_COMPARABLE && jumped * 2 > comparable) {
            refused.put(RejectionReason.BASE, rates.size());
            return new Checked(
                    Map.of(),
                    refused,
                    Optional.of(jumped + " of " + comparable + " currencies jumped by more than "
                            + limits.maxJump().movePointRight(2).toBigInteger() + "%: another base?"));
        }
        boolean useless = rates.isEmpty() && !refused.containsKey(RejectionReason.OLDER);
        return new Checked(
                rates, refused, useless ? Optional.of("an answer without one usable rate") : Optional.empty());
    }

    private static Map<String, FeedQuote> sane(
            FeedResponse answer, Instant now, Map<RejectionReason, Integer> refused) {
        Map<String, FeedQuote> sane = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (FeedQuote quote : answer.quotes()) {
            Optional<RejectionReason> refusal = QuoteLimits.refuse(quote, now);
            if (refusal.isPresent()) {
                refused.merge(refusal.get(), 1, Integer::sum);
                continue;
            }
            FeedQuote twin = sane.putIfAbsent(quote.currency(), quote);
            if (twin != null && twin.perEuro().compareTo(quote.perEuro()) != 0) {
                ambiguous.add(quote.currency());
            }
        }
        ambiguous.forEach(currency -> {
            sane.remove(currency);
            refused.merge(RejectionReason.AMBIGUOUS, 1, Integer::sum);
        });
        return sane;
    }

    /** How many currencies an answer lacks that is shorter than it may be; 0 for one that is not. */
    private int missing(Feed feed, int present, LatestQuotes held, RateBook last) {
        if (feed instanceof SteppingFeed) {
            // A step moves some currencies, and names no other.
            return 0;
        }
        int had = held.count(feed.name());
        if (had == 0) {
            had = (int) last.rates().values().stream()
                    .filter(rate -> rate.source().equals(feed.name()))
                    .count();
        }
        boolean shrunken = new BigDecimal(present).compareTo(limits.minShare().multiply(new BigDecimal(had))) < 0;
        return shrunken ? had - present : 0;
    }

    private static Optional<Rate> ofSameFeed(Feed feed, String currency, LatestQuotes held, RateBook last) {
        return held.find(feed.name(), currency)
                .or(() -> last.rate(currency).filter(rate -> rate.source().equals(feed.name())));
    }

    private Rate rate(Feed feed, FeedQuote quote) {
        return new Rate(
                quote.perEuro(),
                feed.name(),
                quote.observedAt(),
                feed.staleAt(quote.observedAt(), limits.staleAfter()));
    }
}
