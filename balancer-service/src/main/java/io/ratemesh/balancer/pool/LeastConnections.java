package io.ratemesh.balancer.pool;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the candidate with the fewest requests under way, among equals each in turn.
 *
 * <p>The turn matters: always taking the first of equals would send everything to one upstream while all are idle. One
 * event loop owns a chooser.
 */
public final class LeastConnections {

    private int last = -1;

    /**
     * Chooses.
     *
     * @param candidates all of them; an index into an earlier, longer list does no harm
     * @param tried those that this request has already been sent to
     * @return null where none is left: a request is answered for it, so nothing is allocated
     */
    public <T extends Candidate> @Nullable T choose(List<T> candidates, Predicate<? super T> tried) {
        int size = candidates.size();
        @Nullable T best = null;
        int bestAt = -1;
        for (int step = 1; step <= size; step++) {
            int at = Math.floorMod(last + step, size);
            T candidate = candidates.get(at);
            if (candidate.available()
                    && (best == null || candidate.inFlight() < best.inFlight())
                    && !tried.test(candidate)) {
                best = candidate;
                bestAt = at;
            }
        }
        if (best != null) {
            last = bestAt;
        }
        return best;
    }
}
