package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.rates.feed.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which feed's quote of a currency is accepted. Fresh quotes of several feeds confirm or contradict each other;
 * feeds of one origin count once. A quote is
 *
 * <ul>
 *   <li>held back as outvoted if two or more feeds agree with each other against it, and they outnumber those that agree with
 *       it; otherwise accepted if
 *   <li>it is no jump from the rate of the last book, or
 *   <li>another feed gives about the same rate, or
 *   <li>its feed has given about the same rate for long enough, and it is within a factor of ten of the last rate;
 *   <li>for a currency without a last rate: no feed contradicts it, once every feed was polled.
 * </ul>
 *
 * <p>One code can mean a currency to a bank and a token to an exchange: so a repeated quote alone does not outweigh two feeds
 * that agree, and a currency that is new waits until every feed was polled.
 */
public final class QuoteConsensus {

    private final List<Feed> order;
    private final JumpLimit limit;
    private final Duration confirmAfter;

    /**
     * Creates it.
     *
     * @param order the feeds, the preferred first
     * @param confirmAfter for how long a feed must give about the same rate if no other feed confirms it
     */
    QuoteConsensus(Collection<Feed> order, JumpLimit limit, Duration confirmAfter) {
        this.order = List.copyOf(order);
        this.limit = limit;
        this.confirmAfter = confirmAfter;
    }

    /**
     * The decision on the quotes of one currency.
     *
     * @param accepted in the order of the feeds
     * @param heldBack the reason for each quote that is held back, by feed
     * @param lastOutvoted whether the feeds agree against the last rate
     */
    record Decision(List<Rate> accepted, Map<String, RejectionReason> heldBack, boolean lastOutvoted) {}

    private record Vote(String origin, Rate rate) {}

    /**
     * Decides on one currency.
     *
     * @param last the rate of the last book, if it has one
     */
    Decision decide(String currency, Optional<Rate> last, LatestQuotes quotes, Instant now) {
        List<Vote> fresh = new ArrayList<>();
        for (Feed feed : order) {
            quotes.find(feed.name(), currency)
                    .filter(rate -> !rate.stale(now) && !rate.simulated())
                    .ifPresent(rate -> fresh.add(new Vote(feed.origin(), rate)));
        }
        List<Rate> accepted = new ArrayList<>();
        Map<String, RejectionReason> heldBack = new LinkedHashMap<>();
        for (Feed feed : order) {
            quotes.find(feed.name(), currency)
                    .ifPresent(rate -> rejection(feed, currency, rate, comparable(last, rate), quotes, fresh)
                            .ifPresentOrElse(reason -> heldBack.put(feed.name(), reason), () -> accepted.add(rate)));
        }
        boolean lastOutvoted = last.filter(rate -> isOutvoted(new Vote(origin(rate), rate), fresh))
                .isPresent();
        return new Decision(accepted, heldBack, lastOutvoted);
    }

    private Optional<RejectionReason> rejection(
            Feed feed, String currency, Rate rate, Optional<Rate> last, LatestQuotes quotes, List<Vote> fresh) {
        Vote vote = new Vote(feed.origin(), rate);
        if (isOutvoted(vote, fresh)) {
            return Optional.of(RejectionReason.OUTVOTED);
        }
        if (!others(vote, fresh, true).isEmpty()) {
            return Optional.empty();
        }
        boolean isStable = quotes.stableFor(feed.name(), currency).compareTo(confirmAfter) >= 0;
        if (last.isPresent()) {
            boolean isPlausible = !limit.isJump(last.get(), rate.perEuro(), rate.asOf())
                    || (isStable && !JumpLimit.exceedsTenfold(last.get().perEuro(), rate.perEuro()));
            return isPlausible ? Optional.empty() : Optional.of(RejectionReason.JUMP);
        }
        boolean isContradicted = !others(vote, fresh, false).isEmpty();
        boolean allPolled = order.stream().allMatch(each -> quotes.isPolled(each.name()));
        return !isContradicted && (allPolled || isStable) ? Optional.empty() : Optional.of(RejectionReason.UNCONFIRMED);
    }

    private boolean isOutvoted(Vote vote, List<Vote> fresh) {
        long support = 1 + origins(others(vote, fresh, true));
        List<Vote> opponents = others(vote, fresh, false);
        long against = opponents.stream()
                .mapToLong(opponent -> 1 + origins(others(opponent, opponents, true)))
                .max()
                .orElse(0);
        return against > 1 && against > support;
    }

    /** The votes of other origins that agree with a vote, or those that do not. */
    private List<Vote> others(Vote vote, List<Vote> fresh, boolean agreeing) {
        return fresh.stream()
                .filter(other -> !other.origin().equals(vote.origin()))
                .filter(other ->
                        limit.agrees(other.rate().perEuro(), vote.rate().perEuro()) == agreeing)
                .toList();
    }

    private static long origins(List<Vote> votes) {
        return votes.stream().map(Vote::origin).distinct().count();
    }

    private String origin(Rate rate) {
        return order.stream()
                .filter(feed -> feed.name().equals(rate.source()))
                .map(Feed::origin)
                .findFirst()
                .orElse(rate.source());
    }

    /** A simulation starts from any rate; a market rate is not compared with a simulated one. */
    private static Optional<Rate> comparable(Optional<Rate> last, Rate rate) {
        return last.filter(before -> !before.simulated() || rate.simulated());
    }
}
