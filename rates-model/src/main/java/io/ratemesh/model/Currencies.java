package io.ratemesh.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Every current and former currency of ISO 4217, by code. The table is bundled, because the JDK's lacks new codes (XAD, XCG),
 * keeps withdrawn ones and has -1 minor units for gold.
 */
public final class Currencies {

    /** The base of every {@link RateBook}. */
    public static final String EURO = "EUR";

    private static final Map<String, Currency> BY_CODE = read();

    private Currencies() {}

    /**
     * Finds a currency by its code, in any case.
     *
     * @return empty if ISO 4217 has never had the code
     */
    public static Optional<Currency> find(String code) {
        Currency exact = BY_CODE.get(code);
        // Only ASCII letters are upper-cased: the Turkish dotless i would become the I of IDR.
        if (exact != null || code.length() != 3 || !code.chars().allMatch(c -> c < 128)) {
            return Optional.ofNullable(exact);
        }
        return Optional.ofNullable(BY_CODE.get(code.toUpperCase(Locale.ROOT)));
    }

    /** All currencies in the order of their codes. */
    public static Collection<Currency> all() {
        return BY_CODE.values();
    }

    private static Map<String, Currency> read() {
        Map<String, Currency> currencies = new TreeMap<>();
        InputStream table = Objects.requireNonNull(Currencies.class.getResourceAsStream("iso4217.csv"), "iso4217.csv");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(table, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    Currency currency = parse(line);
                    currencies.put(currency.code(), currency);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(currencies);
    }

    private static Currency parse(String line) {
        String[] fields = line.split(",", 5);
        return new Currency(
                fields[0],
                unlessDash(fields[1]),
                fields[4],
                unlessDash(fields[2])
                        .map(units -> OptionalInt.of(Integer.parseInt(units)))
                        .orElse(OptionalInt.empty()),
                unlessDash(fields[3]));
    }

    private static Optional<String> unlessDash(String field) {
        return "-".equals(field) ? Optional.empty() : Optional.of(field);
    }
}
