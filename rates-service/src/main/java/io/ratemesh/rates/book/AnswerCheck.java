package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.rates.feed.Answer;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.Quote;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of one feed's answer is believed, judged by itself and by what the same feed said before. */
public final class AnswerCheck {

    /** Beyond this against the last rate a currency has jumped. */
    private static final BigDecimal JUMP = new BigDecimal("0.20");

    /** A last rate that is older than this says nothing about jumps. */
    private static final Duration COMPARABLE = Duration.ofDays(7);

    private final Duration staleAfter;
    private final Clock clock;

    /**
     * A check.
     *
     * @param staleAfter how old a rate may get
     */
    public AnswerCheck(Duration staleAfter, Clock clock) {
        this.staleAfter = staleAfter;
        this.clock = clock;
    }

    /**
     * The outcome.
     *
     * @param rates what is believed, by currency
     * @param refused how many quotes were refused for what
     * @param whole why nothing of the answer is believed, in words for a person; empty where something is, or where all
     *     that is wrong with it is its age
     */
    public record Checked(Map<String, Rate> rates, Map<Refusal, Integer> refused, Optional<String> whole) {}

    /**
     * Checks an answer.
     *
     * @param held what the feeds said before
     * @param last the newest book, which knows what was said before this process began
     */
    public Checked check(Feed feed, Answer answer, FeedQuotes held, RateBook last) {
        Instant now = clock.instant();
        Map<Refusal, Integer> refused = new EnumMap<>(Refusal.class);
        if (answer.unreadable() > 0) {
            refused.put(Refusal.UNREADABLE, answer.unreadable());
        }
        Map<String, Quote> sane = sane(answer, now, refused);
        int jumped = 0;
        int comparable = 0;
        Map<String, Rate> rates = new HashMap<>();
        for (Quote quote : sane.values()) {
            Optional<Rate> before = before(feed, quote.currency(), held, last);
            if (before.filter(rate -> quote.observedAt().isBefore(rate.asOf())).isPresent()) {
                refused.merge(Refusal.OLDER, 1, Integer::sum);
                continue;
            }
            if (before.filter(rate -> rate.asOf().plus(COMPARABLE).isAfter(now)).isPresent()) {
                comparable++;
                jumped += jumped(before.get().perEuro(), quote.perEuro()) ? 1 : 0;
            }
            rates.put(quote.currency(), rate(feed, quote));
        }
        if (jumped * 2 > comparable) {
            refused.put(Refusal.BASE, rates.size());
            return new Checked(
                    Map.of(),
                    refused,
                    Optional.of(jumped + " of " + comparable + " currencies jumped by more than 20%: another base?"));
        }
        boolean useless = rates.isEmpty() && !refused.containsKey(Refusal.OLDER);
        return new Checked(
                rates, refused, useless ? Optional.of("an answer without one usable rate") : Optional.empty());
    }

    private static Map<String, Quote> sane(Answer answer, Instant now, Map<Refusal, Integer> refused) {
        Map<String, Quote> sane = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (Quote quote : answer.quotes()) {
            Optional<Refusal> refusal = QuoteCheck.refuse(quote, now);
            if (refusal.isPresent()) {
                refused.merge(refusal.get(), 1, Integer::sum);
                continue;
            }
            Quote twin = sane.putIfAbsent(quote.currency(), quote);
            if (twin != null && twin.perEuro().compareTo(quote.perEuro()) != 0) {
                ambiguous.add(quote.currency());
            }
        }
        ambiguous.forEach(currency -> {
            sane.remove(currency);
            refused.merge(Refusal.AMBIGUOUS, 1, Integer::sum);
        });
        return sane;
    }

    private static Optional<Rate> before(Feed feed, String currency, FeedQuotes held, RateBook last) {
        return held.find(feed.name(), currency)
                .or(() -> last.rate(currency).filter(rate -> rate.source().equals(feed.name())));
    }

    private Rate rate(Feed feed, Quote quote) {
        return new Rate(quote.perEuro(), feed.name(), quote.observedAt(), feed.staleAt(quote.observedAt(), staleAfter));
    }

    private static boolean jumped(BigDecimal before, BigDecimal after) {
        return after.subtract(before).abs().compareTo(before.multiply(JUMP)) > 0;
    }
}
