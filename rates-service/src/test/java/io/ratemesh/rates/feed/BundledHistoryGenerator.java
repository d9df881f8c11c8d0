package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.rates.feed.EcbDay.EcbRate;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;

/**
 * Generates the bundled history from the ECB's file. After {@code ./mvnw -pl rates-service -am test-compile}:
 *
 * <pre>
 * java -cp rates-model/target/classes:rates-service/target/classes:rates-service/target/test-classes \
 *     io.ratemesh.rates.feed.BundledHistoryGenerator \
 *     rates-model/src/main/resources/io/ratemesh/model/history/ecb-history.bin
 * </pre>
 */
final class BundledHistoryGenerator {

    private static final String FILE = "ecb-eurofxref-hist-2026-04-13.zip";
    private static final Pattern LINE =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(,(N/A|[0-9]{1,9}(\\.[0-9]{1,9})?))+,?");

    private BundledHistoryGenerator() {}

    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), bytes());
    }

    static byte[] bytes() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(FeedFiles.read(FILE)))) {
            zip.getNextEntry();
            return HistoryCodec.encode(RateHistory.of(days(new InputStreamReader(zip, UTF_8))));
        }
    }

    /**
     * Reads a file strictly: every line is a day, and every field a rate or {@code N/A}.
     *
     * @throws IllegalArgumentException if the file has another form; the message names the line
     */
    static List<HistoryDay> days(Reader csv) throws IOException {
        BufferedReader lines = new BufferedReader(csv);
        String header = lines.readLine();
        if (header == null || !header.startsWith("Date,")) {
            throw new IllegalArgumentException("line 1: not a header that starts with Date,");
        }
        List<HistoryDay> days = new ArrayList<>();
        Set<LocalDate> dates = new HashSet<>();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            try {
                HistoryDay day = day(header, line);
                if (!dates.add(day.day())) {
                    throw new IllegalArgumentException(day.day() + " a second time");
                }
                days.add(day);
            } catch (IllegalArgumentException | UnreadableResponseException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return days;
    }

    private static HistoryDay day(String header, String line) throws UnreadableResponseException {
        if (!LINE.matcher(line).matches()) {
            throw new IllegalArgumentException("not a date followed by rates or N/A");
        }
        EcbDay day = EcbHistoryCsv.read((header + '\n' + line).getBytes(UTF_8)).get(0);
        if (day.unreadable() > 0) {
            throw new IllegalArgumentException("a rate without a currency");
        }
        return new HistoryDay(
                day.date(), day.rates().stream().collect(Collectors.toMap(EcbRate::currency, EcbRate::perEuro)));
    }
}
