package io.ratemesh.model.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.model.Currencies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The successors of currencies: those that the euro replaced, and the redenominations since about 1990. */
public final class CurrencySuccessions {

    private static final Map<String, CurrencySuccession> BY_PREDECESSOR = read();

    private CurrencySuccessions() {}

    /** The replacement of a currency, by its upper-case code; empty if it is in use or has no known successor. */
    public static Optional<CurrencySuccession> of(String code) {
        return Optional.ofNullable(BY_PREDECESSOR.get(code));
    }

    /** The code of the successor of a currency. */
    public static Optional<String> successor(String code) {
        return of(code).map(CurrencySuccession::successor);
    }

    /** All replacements, in the order of the predecessors' codes. */
    public static Collection<CurrencySuccession> all() {
        return BY_PREDECESSOR.values();
    }

    private static Map<String, CurrencySuccession> read() {
        Map<String, CurrencySuccession> successions = new TreeMap<>();
        for (LegalRate rate : LegalRates.all()) {
            successions.put(
                    rate.code(),
                    new CurrencySuccession(
                            rate.code(), Currencies.EURO, Optional.of(rate.perEuro()), Optional.of(rate.since())));
        }
        InputStream table = Objects.requireNonNull(
                CurrencySuccessions.class.getResourceAsStream("successions.csv"), "successions.csv");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(table, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    CurrencySuccession succession = parse(line);
                    successions.put(succession.predecessor(), succession);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(successions);
    }

    private static CurrencySuccession parse(String line) {
        String[] fields = line.split(",", 4);
        return new CurrencySuccession(
                fields[0],
                fields[1],
                unlessDash(fields[2]).map(BigDecimal::new),
                unlessDash(fields[3]).map(LocalDate::parse));
    }

    private static Optional<String> unlessDash(String field) {
        return "-".equals(field) ? Optional.empty() : Optional.of(field);
    }
}
