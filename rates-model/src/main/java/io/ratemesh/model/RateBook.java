package io.ratemesh.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A set of rates against the euro. Immutable.
 *
 * @param version increases with every book of a cluster, also over full restarts; 0 is no book
 * @param rates by upper-case currency code, sorted; without the euro
 */
public record RateBook(long version, Map<String, Rate> rates) {

    /** No book: without rates, older than every other. */
    public static final RateBook EMPTY = new RateBook(0, Map.of());

    public RateBook {
        if (version < 0) {
            throw new IllegalArgumentException("version: " + version + "; must be >= 0");
        }
        if (rates.containsKey(Currencies.EURO)) {
            throw new IllegalArgumentException("a book cannot have a rate of the euro: it is the base");
        }
        rates = Collections.unmodifiableMap(new TreeMap<>(rates));
    }

    /**
     * The version of the book after {@code previous}: the clock, so that it increases over a restart without state, and at
     * least one more, so that it increases if the clock does not.
     *
     * @param previous the version before, 0 for none
     * @param epochMillis the wall clock
     */
    public static long nextVersion(long previous, long epochMillis) {
        return Math.max(previous + 1, epochMillis);
    }

    /** The rate of a currency other than the euro. */
    public Optional<Rate> rate(String code) {
        return Optional.ofNullable(rates.get(code));
    }

    /** Whether the book can convert from and to this currency. */
    public boolean covers(String code) {
        return Currencies.EURO.equals(code) || rates.containsKey(code);
    }

    /** Whether both books have the same rates, whatever their versions. */
    public boolean sameContent(RateBook other) {
        return rates.equals(other.rates);
    }
}
