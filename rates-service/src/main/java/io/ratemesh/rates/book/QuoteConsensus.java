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
 * Whose quote of a currency is believed. Feeds bear witness for and against each other while their quotes are fresh;
 * those of one origin count once. A quote is
 *
 * <ul>
 *   <li>outvoted where two or more agree with each other against it, and more than agree with it; else believed where
 *   <li>it is no jump from the last book's rate, or
 *   <li>another feed says about the same, or
 *   <li>its feed has kept saying so for long enough, and it is no more than ten times the last rate or a tenth of it;
 *   <li>a currency without a last rate is believed where nobody contradicts, once every feed was asked.
 * </ul>
 *
 * <p>A code may mean one thing to a bank and another to an exchange of tokens: that is why insisting alone is not enough
 * against two who agree, and why a newcomer waits until all were heard.
 */
public final class QuoteConsensus {

    private final List<Feed> order;
    private final JumpLimit limit;
    private final Duration confirmAfter;

    /**
     * An agreement.
     *
     * @param order the feeds, the preferred first
     * @param confirmAfter how long a feed has to keep saying what nobody confirms
     */
    QuoteConsensus(Collection<Feed> order, JumpLimit limit, Duration confirmAfter) {
        this.order = List.copyOf(order);
        this.limit = limit;
        this.confirmAfter = confirmAfter;
    }

    /**
     * What became of the quotes of one currency.
     *
     * @param believed in the order of the feeds
     * @param held what is held back, by feed
     * @param lastOutvoted whether the feeds agree against the last rate
     */
    record Judgement(List<Rate> believed, Map<String, RejectionReason> held, boolean lastOutvoted) {}

    /** A quote, and who stands behind it. */
    private record Witness(String origin, Rate rate) {}

    /**
     * Judges.
     *
     * @param last the rate of the last book, if that has one
     */
    Judgement judge(String currency, Optional<Rate> last, LatestQuotes quotes, Instant now) {
        List<Witness> fresh = new ArrayList<>();
        for (Feed feed : order) {
            quotes.find(feed.name(), currency)
                    .filter(rate -> !rate.stale(now) && !rate.simulated())
                    .ifPresent(rate -> fresh.add(new Witness(feed.origin(), rate)));
        }
        List<Rate> believed = new ArrayList<>();
        Map<String, RejectionReason> held = new LinkedHashMap<>();
        for (Feed feed : order) {
            quotes.find(feed.name(), currency)
                    .ifPresent(rate -> doubt(feed, currency, rate, comparable(last, rate), quotes, fresh)
                            .ifPresentOrElse(reason -> held.put(feed.name(), reason), () -> believed.add(rate)));
        }
        boolean lastOutvoted = last.filter(rate -> outvoted(new Witness(origin(rate), rate), fresh))
                .isPresent();
        return new Judgement(believed, held, lastOutvoted);
    }

    private Optional<RejectionReason> doubt(
            Feed feed, String currency, Rate rate, Optional<Rate> last, LatestQuotes quotes, List<Witness> fresh) {
        Witness witness = new Witness(feed.origin(), rate);
        if (outvoted(witness, fresh)) {
            return Optional.of(RejectionReason.OUTVOTED);
        }
        if (!with(witness, fresh, true).isEmpty()) {
            return Optional.empty();
        }
        boolean insists = quotes.insistence(feed.name(), currency).compareTo(confirmAfter) >= 0;
        if (last.isPresent()) {
            boolean believable = !limit.jumped(last.get(), rate.perEuro(), rate.asOf())
                    || (insists && !JumpLimit.beyondBelief(last.get().perEuro(), rate.perEuro()));
            return believable ? Optional.empty() : Optional.of(RejectionReason.JUMP);
        }
        boolean contradicted = !with(witness, fresh, false).isEmpty();
        boolean allHeard = order.stream().allMatch(each -> quotes.heard(each.name()));
        return !contradicted && (allHeard || insists) ? Optional.empty() : Optional.of(RejectionReason.UNCONFIRMED);
    }

    private boolean outvoted(Witness witness, List<Witness> fresh) {
        long support = 1 + origins(with(witness, fresh, true));
        List<Witness> opponents = with(witness, fresh, false);
        long against = opponents.stream()
                .mapToLong(opponent -> 1 + origins(with(opponent, opponents, true)))
                .max()
                .orElse(0);
        return against > 1 && against > support;
    }

    /** The others, of other origins, that agree with a witness, or do not. */
    private List<Witness> with(Witness witness, List<Witness> fresh, boolean agreeing) {
        return fresh.stream()
                .filter(other -> !other.origin().equals(witness.origin()))
                .filter(other ->
                        limit.agree(other.rate().perEuro(), witness.rate().perEuro()) == agreeing)
                .toList();
    }

    private static long origins(List<Witness> witnesses) {
        return witnesses.stream().map(Witness::origin).distinct().count();
    }

    private String origin(Rate rate) {
        return order.stream()
                .filter(feed -> feed.name().equals(rate.source()))
                .map(Feed::origin)
                .findFirst()
                .orElse(rate.source());
    }

    /** A walk goes on from wherever the book is; a market knows nothing of it. */
    private static Optional<Rate> comparable(Optional<Rate> last, Rate rate) {
        return last.filter(before -> !before.simulated() || rate.simulated());
    }
}
