package io.ratemesh.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One agreed set of rates against the euro, immutable.
 *
 * @param version grows with every book of a cluster, over full restarts too; 0 is no book at all
 * @param rates by upper-case currency code, in the order of the codes; never the euro itself
 */
public record RateBook(long version, Map<String, Rate> rates) {

    /** The book before the first one: nothing in it, older than all. */
    public static final RateBook EMPTY = new RateBook(0, Map.of());

    public RateBook {
        if (version < 0) {
            throw new IllegalArgumentException("version: " + version + " (expected: >= 0)");
        }
        if (rates.containsKey(Currencies.EURO)) {
            throw new IllegalArgumentException("a book holds no rate for the euro: it is the base");
        }
        rates = Collections.unmodifiableMap(new TreeMap<>(rates));
    }

    /**
     * The version of the book that follows {@code previous}: the clock, so that it grows over a restart that forgot
     * everything, and at least one more, so that it grows when the clock does not.
     *
     * @param previous the version before, 0 for none
     * @param epochMillis the wall clock
     */
    public static long nextVersion(long previous, long epochMillis) {
        return Math.max(previous + 1, epochMillis);
    }

    /** The rate of a currency other than the euro, if the book has one. */
    public Optional<Rate> rate(String code) {
        return Optional.ofNullable(rates.get(code));
    }

    /** Whether a conversion from or to this currency can be answered. */
    public boolean covers(String code) {
        return Currencies.EURO.equals(code) || rates.containsKey(code);
    }

    /** Whether both books say the same, whatever their versions. */
    public boolean sameContent(RateBook other) {
        return rates.equals(other.rates);
    }
}
