package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Chooses one of several rates of a currency: the fresh rate of the most preferred feed; if none is fresh, the newest. A
 * feed that is no longer configured comes last.
 */
public final class RateChoice {

    private final List<String> order;

    /**
     * Creates it.
     *
     * @param order the names of the feeds, the preferred first
     */
    public RateChoice(Collection<String> order) {
        this.order = List.copyOf(order);
    }

    /**
     * Chooses a rate.
     *
     * @param candidates at least one; of equal candidates the first is chosen
     */
    Rate choose(List<Rate> candidates, Instant now) {
        Rate best = candidates.get(0);
        for (Rate candidate : candidates) {
            if (isBetter(candidate, best, now)) {
                best = candidate;
            }
        }
        return best;
    }

    private boolean isBetter(Rate candidate, Rate best, Instant now) {
        boolean isFresh = !candidate.stale(now);
        if (isFresh == best.stale(now)) {
            return isFresh;
        }
        int preference = Integer.compare(rank(candidate), rank(best));
        int age = best.asOf().compareTo(candidate.asOf());
        int order = isFresh && preference != 0 ? preference : age != 0 ? age : preference;
        return order < 0;
    }

    private int rank(Rate rate) {
        int rank = order.indexOf(rate.source());
        return rank < 0 ? order.size() : rank;
    }
}
