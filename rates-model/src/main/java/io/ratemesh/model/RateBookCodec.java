package io.ratemesh.model;

import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text format of a book, on the event bus, in the shared cache and on disk. It is readable and keeps all digits; a
 * truncated or altered copy is rejected by its checksum:
 *
 * <pre>
 * ratemesh-book 1
 * version 1783346400000
 * USD 1.1415 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z
 * crc32c 1f0c2a77
 * </pre>
 *
 * Words after the fifth of a rate are ignored, so that a later release can add some while older nodes run.
 */
public final class RateBookCodec {

    private static final String HEADER = "ratemesh-book 1";
    private static final String VERSION = "version ";

    private RateBookCodec() {}

    /** Encodes a book. */
    public static String encode(RateBook book) {
        StringBuilder text = new StringBuilder(64 + 64 * book.rates().size());
        text.append(HEADER).append('\n').append(VERSION).append(book.version()).append('\n');
        book.rates().forEach((code, rate) -> new RateLine(code, rate).appendTo(text));
        return ChecksummedLines.seal(text);
    }

    /**
     * Decodes a book.
     *
     * @throws IllegalArgumentException if the text is truncated, altered or in another format
     */
    public static RateBook decode(String text) {
        List<String> lines = ChecksummedLines.verify(text);
        if (lines.size() < 2 || !HEADER.equals(lines.get(0)) || !lines.get(1).startsWith(VERSION)) {
            throw new IllegalArgumentException("another format; must be " + HEADER + ", then a version");
        }
        try {
            Map<String, Rate> rates = new HashMap<>();
            for (String line : lines.subList(2, lines.size())) {
                RateLine rate = RateLine.parse(line);
                rates.put(rate.code(), rate.rate());
            }
            return new RateBook(Long.parseLong(lines.get(1).substring(VERSION.length())), rates);
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("invalid book: " + e.getMessage(), e);
        }
    }
}
