package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.rates.feed.EcbDay.EcbRate;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads {@code eurofxref-hist.csv}, all days since 1999, and {@code eurofxref.csv}, the newest day, which differ in spacing
 * and date format:
 *
 * <pre>
 * Date,USD,JPY,BGN,            Date, USD, JPY,
 * 2026-04-13,1.1684,186.75,N/A,     13 April 2026, 1.1684, 186.75,
 * </pre>
 *
 * <p>{@code N/A}, or an empty field, is no rate on that day; the last column is always empty. A file with a line of more or
 * fewer columns than the header is rejected, because its rates may be in the wrong columns.
 */
public final class EcbHistoryCsv {

    private static final DateTimeFormatter LONG_DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final String NONE = "N/A";

    /** Ten times today's 41 currencies at ten characters each. */
    private static final int MAX_LINE = 8_192;

    private final List<String> currencies;
    private final int columns;

    private EcbHistoryCsv(String header) throws UnreadableResponseException {
        List<String> cells = cells(header);
        if (!"Date".equals(cells.get(0))) {
            throw new UnreadableResponseException("no column of dates");
        }
        columns = cells.size();
        currencies = List.copyOf(cells.subList(1, columns));
        Set<String> named = new HashSet<>();
        for (String currency : currencies) {
            if (!currency.isEmpty() && !named.add(currency)) {
                throw new UnreadableResponseException("a currency with two columns");
            }
        }
        if (named.isEmpty()) {
            throw new UnreadableResponseException("no column of a currency");
        }
    }

    /**
     * Reads a whole file.
     *
     * @return its days in the order of the file, at least one; all days since 1999 take about 25 MB, so prefer {@link
     *     #read(InputStream, Consumer)} for them
     * @throws UnreadableResponseException if the file has another form
     */
    public static List<EcbDay> read(byte[] file) throws UnreadableResponseException {
        List<EcbDay> days = new ArrayList<>();
        try {
            read(new ByteArrayInputStream(file), days::add);
        } catch (IOException e) {
            throw new UnreadableResponseException("not a text");
        }
        return days;
    }

    /**
     * Reads a file day by day.
     *
     * @param file read to its end, not closed
     * @param each receives the days in the order of the file; the days before an exception must be discarded
     * @return the number of days, at least one
     * @throws UnreadableResponseException if the file has another form
     * @throws IOException if the stream fails
     */
    public static int read(InputStream file, Consumer<EcbDay> each) throws UnreadableResponseException, IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(file, UTF_8));
        Optional<String> header = line(lines);
        if (header.isEmpty()) {
            throw new UnreadableResponseException("an empty file");
        }
        EcbHistoryCsv csv = new EcbHistoryCsv(header.get());
        int days = 0;
        for (Optional<String> line = line(lines); line.isPresent(); line = line(lines)) {
            if (!line.get().isBlank()) {
                each.accept(csv.day(line.get()));
                days++;
            }
        }
        if (days == 0) {
            throw new UnreadableResponseException("no day of rates");
        }
        return days;
    }

    private EcbDay day(String line) throws UnreadableResponseException {
        List<String> cells = cells(line);
        if (cells.size() != columns) {
            throw new UnreadableResponseException("a line with more or fewer columns than the header");
        }
        List<EcbRate> rates = new ArrayList<>();
        int unreadable = 0;
        for (int i = 1; i < columns; i++) {
            String cell = cells.get(i);
            if (cell.isEmpty() || NONE.equals(cell)) {
                continue;
            }
            Optional<BigDecimal> rate = RateText.parse(cell);
            String currency = currencies.get(i - 1);
            if (rate.isPresent() && !currency.isEmpty()) {
                rates.add(new EcbRate(currency, rate.get()));
            } else {
                unreadable++;
            }
        }
        return new EcbDay(date(cells.get(0)), rates, unreadable);
    }

    private static LocalDate date(String text) throws UnreadableResponseException {
        try {
            return text.indexOf(' ') < 0 ? LocalDate.parse(text) : LocalDate.parse(text, LONG_DATE);
        } catch (DateTimeException e) {
            throw new UnreadableResponseException("a day that is not a date");
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
            cells.add(line.substring(from, comma).strip());
            from = comma + 1;
        }
        cells.add(line.substring(from).strip());
        return cells;
    }

    /** As {@link BufferedReader#readLine}, which has no limit. */
    private static Optional<String> line(BufferedReader reader) throws IOException, UnreadableResponseException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = reader.read()) {
            if (line.length() == MAX_LINE) {
                throw new UnreadableResponseException("a line of more than " + MAX_LINE + " characters");
            }
            line.append((char) next);
        }
        return Optional.of(line.toString());
    }
}
