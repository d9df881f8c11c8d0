package io.ratemesh.model;

import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The book as text, the same on the bus, in the shared cache and on disk. Decimals stay the digits they are, a person
 * can read it, and a torn or altered copy is refused by its checksum:
 *
 * <pre>
 * ratemesh-book 1
 * version 1783346400000
 * USD 1.1415 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z
 * crc32c 1f0c2a77
 * </pre>
 *
 * Words after the fifth of a rate are ignored, so that a later release may add some while older nodes still run.
 */
public final class RateBookCodec {

    private static final String HEADER = "ratemesh-book 1";
    private static final String VERSION = "version ";

    private RateBookCodec() {}

    /** Writes a book. */
    public static String encode(RateBook book) {
        StringBuilder text = new StringBuilder(64 + 64 * book.rates().size());
        text.append(HEADER).append('\n').append(VERSION).append(book.version()).append('\n');
        book.rates().forEach((code, rate) -> new RateLine(code, rate).appendTo(text));
        return ChecksummedLines.sign(text);
    }

    /**
     * Reads a book.
     *
     * @param text what {@link #encode} wrote
     * @throws IllegalArgumentException where it is cut short, altered or of another format; the message says which
     */
    public static RateBook decode(String text) {
        List<String> lines = ChecksummedLines.verify(text);
        if (lines.size() < 2 || !HEADER.equals(lines.get(0)) || !lines.get(1).startsWith(VERSION)) {
            throw new IllegalArgumentException("a text of another format (expected: " + HEADER + ", then a version)");
        }
        try {
            Map<String, Rate> rates = new HashMap<>();
            for (String line : lines.subList(2, lines.size())) {
                RateLine rate = RateLine.parse(line);
                rates.put(rate.code(), rate.rate());
            }
            return new RateBook(Long.parseLong(lines.get(1).substring(VERSION.length())), rates);
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("a book that does not read: " + e.getMessage(), e);
        }
    }
}
