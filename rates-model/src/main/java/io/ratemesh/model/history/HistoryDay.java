package io.ratemesh.model.history;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The reference rates of one day.
 *
 * @param day the day of the rates
 * @param perEuro units for one euro by upper-case code, sorted, without trailing zeros; at least one, without the euro
 */
public record HistoryDay(LocalDate day, Map<String, BigDecimal> perEuro) {

    /**
     * Checks and copies the rates.
     *
     * @throws IllegalArgumentException if there is no rate, a code is not three upper-case letters or is that of the euro, or a
     *     rate is not above 0 and below 10^8 with at most 9 decimals
     */
    public HistoryDay {
        if (perEuro.isEmpty()) {
            throw new IllegalArgumentException(day + ": no rates; must be at least one");
        }
        SortedMap<String, BigDecimal> rates = new TreeMap<>();
        for (Map.Entry<String, BigDecimal> rate : perEuro.entrySet()) {
            rates.put(CurrencyCode.checked(day, rate.getKey()), PackedRate.unpack(PackedRate.pack(rate.getValue())));
        }
        perEuro = Collections.unmodifiableSortedMap(rates);
    }
}
