package io.ratemesh.systemtests.feed;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every rate that was ever true, from any feed. */
public final class Almanac {

    private final Map<String, Set<BigDecimal>> rates = new ConcurrentHashMap<>();

    /** Adds true rates. */
    public void enter(RateTable table) {
        table.currencies()
                .forEach(currency -> rates.computeIfAbsent(currency, code -> ConcurrentHashMap.newKeySet())
                        .add(table.rate(currency).stripTrailingZeros()));
    }

    /** Whether this was ever the rate of a currency. */
    public boolean knows(String currency, BigDecimal rate) {
        return rates.getOrDefault(currency, Set.of()).contains(rate.stripTrailingZeros());
    }
}
