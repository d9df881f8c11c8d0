package io.ratemesh.model.legacy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rates of the 21 currencies that the euro has replaced, as Article 1 of Council Regulation (EC) No 2866/98 fixes
 * them (consolidated to 2026-01-01: each accession amended it).
 */
public final class LegalRates {

    /** The source of a legal rate: Council Regulation (EC) No 1103/97 defines the conversion. */
    public static final String SOURCE = "eu-1103/97";

    private static final Map<String, LegalRate> IN_ORDER = table();

    /** For lookups: a hash is faster than a tree, and every conversion on a past day needs two lookups. */
    private static final Map<String, LegalRate> BY_CODE = Map.copyOf(IN_ORDER);

    private LegalRates() {}

    /** The legal rate of a currency that the euro has replaced by today, by its upper-case code. */
    public static Optional<LegalRate> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The legal rate of a currency that the euro had replaced by that day. */
    public static Optional<LegalRate> on(String code, LocalDate day) {
        return of(code).filter(rate -> rate.appliesOn(day));
    }

    /** Whether a currency converted at a legal rate on that day. */
    public static boolean appliesOn(String code, LocalDate day) {
        return on(code, day).isPresent();
    }

    /** All legal rates, in the order of the codes. */
    public static Collection<LegalRate> all() {
        return IN_ORDER.values();
    }

    private static Map<String, LegalRate> table() {
        Map<String, LegalRate> rates = new TreeMap<>();
        LocalDate first = LocalDate.of(1999, 1, 1);
        put(rates, "ATS", "13.7603", first);
        put(rates, "BEF", "40.3399", first);
        put(rates, "DEM", "1.95583", first);
        put(rates, "ESP", "166.386", first);
        put(rates, "FIM", "5.94573", first);
        put(rates, "FRF", "6.55957", first);
        put(rates, "IEP", "0.787564", first);
        put(rates, "ITL", "1936.27", first);
        put(rates, "LUF", "40.3399", first);
        put(rates, "NLG", "2.20371", first);
        put(rates, "PTE", "200.482", first);
        put(rates, "GRD", "340.750", LocalDate.of(2001, 1, 1));
        put(rates, "SIT", "239.640", LocalDate.of(2007, 1, 1));
        put(rates, "CYP", "0.585274", LocalDate.of(2008, 1, 1));
        put(rates, "MTL", "0.429300", LocalDate.of(2008, 1, 1));
        put(rates, "SKK", "30.1260", LocalDate.of(2009, 1, 1));
        put(rates, "EEK", "15.6466", LocalDate.of(2011, 1, 1));
        put(rates, "LVL", "0.702804", LocalDate.of(2014, 1, 1));
        put(rates, "LTL", "3.45280", LocalDate.of(2015, 1, 1));
        put(rates, "HRK", "7.53450", LocalDate.of(2023, 1, 1));
        put(rates, "BGN", "1.95583", LocalDate.of(2026, 1, 1));
        return Collections.unmodifiableMap(rates);
    }

    private static void put(Map<String, LegalRate> rates, String code, String perEuro, LocalDate since) {
        rates.put(code, new LegalRate(code, new BigDecimal(perEuro), since));
    }
}
