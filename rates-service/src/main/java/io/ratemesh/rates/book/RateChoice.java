package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import java.time.Instant;
import java.util.List;

/**
 * Which of several rates of one currency counts: the first feed in the configured order whose rate is fresh; where none
 * is, the newest. A feed that is not configured any more comes last.
 */
public final class RateChoice {

    private final List<String> order;

    /**
     * A choice.
     *
     * @param order the feeds, the preferred first
     */
    public RateChoice(List<String> order) {
        this.order = List.copyOf(order);
    }

    /** Which feeds there are. */
    List<String> order() {
        return order;
    }

    /**
     * Chooses.
     *
     * @param candidates at least one; of equals the first is chosen
     */
    Rate choose(List<Rate> candidates, Instant now) {
        Rate best = candidates.get(0);
        for (Rate candidate : candidates) {
            if (better(candidate, best, now)) {
                best = candidate;
            }
        }
        return best;
    }

    private boolean better(Rate candidate, Rate best, Instant now) {
        boolean fresh = !candidate.stale(now);
        if (fresh == best.stale(now)) {
            return fresh;
        }
        int preference = Integer.compare(rank(candidate), rank(best));
        int age = best.asOf().compareTo(candidate.asOf());
        int order = fresh && preference != 0 ? preference : age != 0 ? age : preference;
        return order < 0;
    }

    private int rank(Rate rate) {
        int rank = order.indexOf(rate.source());
        return rank < 0 ? order.size() : rank;
    }
}
