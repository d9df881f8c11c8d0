package io.ratemesh.converter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * The ECB's history as published on 2026-04-13, read by independent code, to compare the service with it.
 */
public final class EcbCsv {

    /** More digits than any response has. */
    public static final MathContext EXACTLY = new MathContext(200, RoundingMode.HALF_EVEN);

    private static final Path FILE = Path.of(
            "../rates-model/src/test/resources/io/ratemesh/model/history/" + "ecb-eurofxref-hist-2026-04-13.csv.gz");

    private final NavigableMap<LocalDate, Map<String, BigDecimal>> days = new TreeMap<>();

    private EcbCsv() {}

    /** Reads the file. */
    public static EcbCsv read() throws IOException {
        EcbCsv ecb = new EcbCsv();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), UTF_8))) {
            String[] codes = lines.readLine().split(",", -1);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                Map<String, BigDecimal> rates = new HashMap<>(Map.of("EUR", BigDecimal.ONE));
                for (int i = 1; i < cells.length; i++) {
                    if (!cells[i].equals("N/A") && !cells[i].isBlank()) {
                        rates.put(codes[i].strip(), new BigDecimal(cells[i].strip()));
                    }
                }
                ecb.days.put(LocalDate.parse(cells[0]), rates);
            }
        }
        return ecb;
    }

    /** Every day, oldest first. */
    public List<LocalDate> days() {
        return List.copyOf(days.keySet());
    }

    /** The days of a range on which both currencies had a rate, oldest first. */
    public List<LocalDate> days(String from, String to, LocalDate first, LocalDate last) {
        return days.subMap(first, true, last, true).keySet().stream()
                .filter(day -> codes(day).containsAll(List.of(from, to)))
                .toList();
    }

    /** The currencies with a rate on a day, the euro included. */
    public SortedSet<String> codes(LocalDate day) {
        return new TreeSet<>(days.getOrDefault(day, Map.of()).keySet());
    }

    /** The cross rate of a day to 200 significant digits. */
    public BigDecimal exactly(String from, String to, LocalDate day) {
        return perEuro(to, day).divide(perEuro(from, day), EXACTLY);
    }

    /** The cross rate of a day as it is shown: 34 significant digits, half-even, zeros stripped. */
    public String shown(String from, String to, LocalDate day) {
        return exactly(from, to, day)
                .round(MathContext.DECIMAL128)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Units for one euro. */
    public BigDecimal perEuro(String code, LocalDate day) {
        BigDecimal rate = days.getOrDefault(day, Map.of()).get(code);
        if (rate == null) {
            throw new AssertionError("the file has no " + code + " of " + day);
        }
        return rate;
    }
}
