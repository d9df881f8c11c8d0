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
 * Checks the quotes of one response by themselves, against the last quotes of the same feed, and against the last book.
 * {@link QuoteConsensus} decides afterwards which valid quotes are accepted.
 */
public final class QuoteValidator {

    /** With fewer comparable currencies a common jump does not show another base. */
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
     * The result of a check.
     *
     * @param rates the valid quotes, by currency
     * @param rejected the number of rejected quotes, by reason
     * @param rejection why the whole response is rejected, one phrase for a person; empty if some quotes are valid, or if
     *     they are only too old
     */
    public record CheckedQuotes(
            Map<String, Rate> rates, Map<RejectionReason, Integer> rejected, Optional<String> rejection) {

        /** Whether the whole response is rejected. */
        public boolean isRejected() {
            return rejection.isPresent();
        }
    }

    /**
     * Checks a response.
     *
     * @param latest the quotes received before
     * @param last the newest book; it also holds rates from before this process started
     */
    public CheckedQuotes check(Feed feed, FeedResponse response, LatestQuotes latest, RateBook last) {
        Map<RejectionReason, Integer> rejected = new EnumMap<>(RejectionReason.class);
        if (response.unreadable() > 0) {
            rejected.put(RejectionReason.UNREADABLE, response.unreadable());
        }
        Map<String, FeedQuote> valid = withinLimits(response, clock.instant(), rejected);
        int missing = missing(feed, valid.size(), latest, last);
        if (missing > 0) {
            rejected.put(RejectionReason.SHRUNKEN, missing);
        }
        int jumped = 0;
        int comparable = 0;
        Map<String, Rate> rates = new HashMap<>();
        for (FeedQuote quote : valid.values()) {
            Optional<Rate> ofSameFeed = ofSameFeed(feed, quote.currency(), latest, last);
            if (ofSameFeed
                    .filter(rate -> quote.observedAt().isBefore(rate.asOf()))
                    .isPresent()) {
                rejected.merge(RejectionReason.OLDER, 1, Integer::sum);
                continue;
            }
            Rate rate = rate(feed, quote);
            Optional<Rate> before = last.rate(quote.currency())
                    .filter(known -> !known.simulated() || rate.simulated())
                    .or(() -> ofSameFeed);
            if (before.isPresent()) {
                comparable++;
                jumped += limit.isJump(before.get(), quote.perEuro(), quote.observedAt()) ? 1 : 0;
            }
            rates.put(quote.currency(), rate);
        }
        if (comparable >= LEAST_COMPARABLE && jumped * 2 > comparable) {
            rejected.put(RejectionReason.BASE, rates.size());
            return new CheckedQuotes(
                    Map.of(),
                    rejected,
                    Optional.of(jumped + " of " + comparable + " currencies jumped by more than "
                            + limits.maxJump().movePointRight(2).toBigInteger() + "%: another base?"));
        }
        boolean isUseless = rates.isEmpty() && !rejected.containsKey(RejectionReason.OLDER);
        return new CheckedQuotes(
                rates, rejected, isUseless ? Optional.of("the response has no usable rate") : Optional.empty());
    }

    private static Map<String, FeedQuote> withinLimits(
            FeedResponse response, Instant now, Map<RejectionReason, Integer> rejected) {
        Map<String, FeedQuote> valid = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (FeedQuote quote : response.quotes()) {
            Optional<RejectionReason> rejection = QuoteLimits.rejection(quote, now);
            if (rejection.isPresent()) {
                rejected.merge(rejection.get(), 1, Integer::sum);
                continue;
            }
            FeedQuote twin = valid.putIfAbsent(quote.currency(), quote);
            if (twin != null && twin.perEuro().compareTo(quote.perEuro()) != 0) {
                ambiguous.add(quote.currency());
            }
        }
        ambiguous.forEach(currency -> {
            valid.remove(currency);
            rejected.merge(RejectionReason.AMBIGUOUS, 1, Integer::sum);
        });
        return valid;
    }

    /** The number of currencies missing from a response that is shorter than allowed; 0 if it is long enough. */
    private int missing(Feed feed, int present, LatestQuotes latest, RateBook last) {
        if (feed instanceof SteppingFeed) {
            // A step changes a few currencies and contains no others.
            return 0;
        }
        int before = latest.count(feed.name());
        if (before == 0) {
            before = (int) last.rates().values().stream()
                    .filter(rate -> rate.source().equals(feed.name()))
                    .count();
        }
        boolean isShrunken = new BigDecimal(present).compareTo(limits.minShare().multiply(new BigDecimal(before))) < 0;
        return isShrunken ? before - present : 0;
    }

    private static Optional<Rate> ofSameFeed(Feed feed, String currency, LatestQuotes latest, RateBook last) {
        return latest.find(feed.name(), currency)
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
