package io.ratemesh.rates.feed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads {@code eurofxref-hist.zip}, an archive with one CSV file. Nothing is written to disk and the unpacked size is limited,
 * so neither a name with {@code ../} nor a zip bomb does harm.
 */
public final class EcbHistoryZip {

    /** The file has 2 MB and grows by 75 kB a year. */
    static final int MAX_BYTES = 16 << 20;

    private EcbHistoryZip() {}

    /**
     * Reads the CSV file in the archive day by day.
     *
     * @param each receives the days in the order of the file; the days before an exception must be discarded
     * @return the number of days, at least one
     * @throws UnreadableResponseException if the file is not such an archive, is truncated, or unpacks to more than 16 MiB
     */
    public static int read(byte[] file, Consumer<EcbDay> each) throws UnreadableResponseException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null || !entry.getName().endsWith(".csv")) {
                throw new UnreadableResponseException("not an archive that starts with a CSV file");
            }
            return EcbHistoryCsv.read(new BoundedInput(zip, MAX_BYTES), each);
        } catch (IOException | IllegalArgumentException e) {
            // A name in the archive that is not UTF-8 causes an IllegalArgumentException.
            throw new UnreadableResponseException("the archive is damaged or too large");
        }
    }
}
