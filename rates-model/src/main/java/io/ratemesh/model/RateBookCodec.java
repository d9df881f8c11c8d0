package io.ratemesh.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

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
    private static final String CHECKSUM = "crc32c ";
    private static final int RATE_WORDS = 5;

    private RateBookCodec() {}

    /** Writes a book. */
    public static String encode(RateBook book) {
        StringBuilder text = new StringBuilder(64 + 64 * book.rates().size());
        text.append(HEADER).append('\n').append(VERSION).append(book.version()).append('\n');
        book.rates()
                .forEach((code, rate) -> text.append(code)
                        .append(' ')
                        .append(rate.perEuro().toPlainString())
                        .append(' ')
                        .append(rate.source())
                        .append(' ')
                        .append(rate.asOf())
                        .append(' ')
                        .append(rate.staleAt())
                        .append('\n'));
        String checksum = checksum(text.toString());
        return text.append(CHECKSUM).append(checksum).append('\n').toString();
    }

    /**
     * Reads a book.
     *
     * @param text what {@link #encode} wrote
     * @throws IllegalArgumentException where it is cut short, altered or of another format; the message says which
     */
    public static RateBook decode(String text) {
        int checksumAt = text.lastIndexOf(CHECKSUM);
        if (checksumAt <= 0 || !text.endsWith("\n")) {
            throw new IllegalArgumentException("a book without a checksum at its end: cut short");
        }
        String body = text.substring(0, checksumAt);
        String checksum = text.substring(checksumAt + CHECKSUM.length(), text.length() - 1);
        if (!checksum.equals(checksum(body))) {
            throw new IllegalArgumentException(
                    "a book with checksum " + checksum(body) + " (expected: " + checksum + ")");
        }
        String[] lines = body.split("\n");
        if (lines.length < 2 || !HEADER.equals(lines[0]) || !lines[1].startsWith(VERSION)) {
            throw new IllegalArgumentException("a text of another format (expected: " + HEADER + ", then a version)");
        }
        try {
            Map<String, Rate> rates = new HashMap<>();
            for (int i = 2; i < lines.length; i++) {
                String[] words = lines[i].split(" ");
                if (words.length < RATE_WORDS) {
                    throw new IllegalArgumentException("a rate without all its words: " + lines[i]);
                }
                Rate rate =
                        new Rate(new BigDecimal(words[1]), words[2], Instant.parse(words[3]), Instant.parse(words[4]));
                rates.put(words[0], rate);
            }
            return new RateBook(Long.parseLong(lines[1].substring(VERSION.length())), rates);
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("a book that does not read: " + e.getMessage(), e);
        }
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
