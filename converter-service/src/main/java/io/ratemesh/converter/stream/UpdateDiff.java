package io.ratemesh.converter.stream;

import io.ratemesh.model.CurrencyPair;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The differences between books. Staleness is judged at the time of each book's version, not by the clock of this node, so
 * that every node sends the same for the same version.
 */
final class UpdateDiff {

    private UpdateDiff() {}

    /** All pairs of a book, at {@code now} or, when that is earlier, at the time of the book. */
    static SortedMap<String, Optional<PairState>> everything(RateBook book, PairFilter filter, Instant now) {
        Instant published = published(book);
        SortedMap<String, Optional<PairState>> all = new TreeMap<>();
        for (CurrencyPair pair : filter.in(book)) {
            PairState.of(book, pair, now.isAfter(published) ? now : published)
                    .ifPresent(state -> all.put(pair.toString(), Optional.of(state)));
        }
        return all;
    }

    /** The pairs whose rate, source, time or staleness differs; empty for a pair without a rate any more. */
    static SortedMap<String, Optional<PairState>> between(RateBook before, RateBook after, PairFilter filter) {
        SortedMap<String, Optional<PairState>> changed = new TreeMap<>();
        Set<CurrencyPair> pairs = new HashSet<>(filter.in(before));
        pairs.addAll(filter.in(after));
        for (CurrencyPair pair : pairs) {
            if (sameLeg(before, after, pair.from()) && sameLeg(before, after, pair.to())) {
                continue;
            }
            Optional<PairState> now = PairState.of(after, pair, published(after));
            if (!now.equals(PairState.of(before, pair, published(before)))) {
                changed.put(pair.toString(), now);
            }
        }
        return changed;
    }

    /** The time until which the staleness of all rates stays as it is at {@code now}. */
    static Instant freshUntil(RateBook book, Instant now) {
        return book.rates().values().stream()
                .map(Rate::staleAt)
                .filter(staleAt -> staleAt.isAfter(now))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static boolean sameLeg(RateBook before, RateBook after, String code) {
        Optional<Rate> leg = after.rate(code);
        return leg.equals(before.rate(code))
                && leg.map(rate -> rate.stale(published(before)) == rate.stale(published(after)))
                        .orElse(true);
    }

    private static Instant published(RateBook book) {
        return Instant.ofEpochMilli(book.version());
    }
}
