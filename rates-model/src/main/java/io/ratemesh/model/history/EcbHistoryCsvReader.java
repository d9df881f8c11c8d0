package io.ratemesh.model.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the ECB's whole history as it publishes it, {@code eurofxref-hist.csv}: a line of column names, then one line a
 * day, newest first, {@code N/A} for no rate, and an empty column at the end of each line.
 */
public final class EcbHistoryCsvReader {

    private static final String NO_RATE = "N/A";
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private EcbHistoryCsvReader() {}

    /**
     * Reads all days.
     *
     * @param csv the file; not closed
     * @throws IllegalArgumentException where it is no such file: the message names the line
     * @throws IOException where it cannot be read
     */
    public static List<HistoryDay> read(Reader csv) throws IOException {
        BufferedReader lines = new BufferedReader(csv);
        String header = lines.readLine();
        if (header == null || !header.startsWith("Date,")) {
            throw new IllegalArgumentException("line 1: \"" + header + "\" (expected: Date,USD,…)");
        }
        String[] columns = header.split(",", -1);
        List<HistoryDay> days = new ArrayList<>();
        Set<LocalDate> seen = new HashSet<>();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            try {
                HistoryDay day = day(columns, line.split(",", -1));
                if (!seen.add(day.day())) {
                    throw new IllegalArgumentException(day.day() + " a second time");
                }
                days.add(day);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return days;
    }

    private static HistoryDay day(String[] columns, String[] fields) {
        if (fields.length != columns.length) {
            throw new IllegalArgumentException(fields.length + " fields (expected: " + columns.length + ")");
        }
        Map<String, BigDecimal> rates = new HashMap<>();
        for (int i = 1; i < columns.length; i++) {
            String field = fields[i];
            boolean lastAndEmpty = i == columns.length - 1 && columns[i].isEmpty() && field.isEmpty();
            if (lastAndEmpty || NO_RATE.equals(field)) {
                continue;
            }
            if (!DECIMAL.matcher(field).matches()) {
                throw new IllegalArgumentException(
                        columns[i] + " \"" + field + "\" (expected: digits[.digits] or " + NO_RATE + ")");
            }
            if (rates.put(columns[i], new BigDecimal(field)) != null) {
                throw new IllegalArgumentException("two columns " + columns[i]);
            }
        }
        return new HistoryDay(LocalDate.parse(fields[0]), rates);
    }
}
