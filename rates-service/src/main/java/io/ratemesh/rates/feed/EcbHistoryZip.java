package io.ratemesh.rates.feed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads {@code eurofxref-hist.zip}: one {@link EcbHistoryCsv}, packed to a third of its size. Nothing is written to disk
 * and nothing is unpacked beyond a limit, so neither a name with {@code ../} nor a file that grows without end does harm.
 */
public final class EcbHistoryZip {

    /** Today's file has 2 MB, and grows by 75 kB a year. */
    static final int MAX_BYTES = 16 << 20;

    private EcbHistoryZip() {}

    /**
     * Reads the csv in the archive day by day.
     *
     * @param file the archive
     * @param each is given the days in the order of the file; what it was given before an exception is to be thrown away
     * @return how many days there were, at least one
     * @throws UnreadableResponseException where it is no such archive, is cut short, or unpacks to more than 16 MiB
     */
    public static int read(byte[] file, Consumer<EcbDay> each) throws UnreadableResponseException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null || !entry.getName().endsWith(".csv")) {
                throw new UnreadableResponseException("no archive that begins with a csv");
            }
            return EcbHistoryCsv.read(new BoundedInput(zip, MAX_BYTES), each);
        } catch (IOException | IllegalArgumentException e) {
            // A name in the archive that is no UTF-8 is an IllegalArgumentException.
            throw new UnreadableResponseException("an archive that is damaged, or unpacks to more than it should");
        }
    }
}
