package io.ratemesh.model;

import java.time.DateTimeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text format of consecutive books: the whole first book, then the changes of each later one. A minus is a removed rate:
 *
 * <pre>
 * ratemesh-books 1
 * version 1783346400000
 * USD 1.1415 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z
 * TRY 53.4222 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z
 * version 1783346405000
 * USD 1.1416 coinbase 2026-07-06T14:00:05Z 2026-07-06T15:00:05Z
 * -TRY
 * crc32c 9e1b03d4
 * </pre>
 */
public final class RateBooksCodec {

    private static final String HEADER = "ratemesh-books 1";
    private static final String VERSION = "version ";
    private static final String REMOVED = "-";

    private RateBooksCodec() {}

    /**
     * Encodes the newest books that fit.
     *
     * @param books in the order of their versions
     * @param maxLength the most characters of all changes, without the first book
     */
    public static String encode(List<RateBook> books, int maxLength) {
        Deque<String> changes = new ArrayDeque<>();
        int length = 0;
        int first = books.size() - 1;
        for (; first > 0; first--) {
            String change = change(books.get(first - 1), books.get(first));
            length += change.length();
            if (length > maxLength) {
                break;
            }
            changes.addFirst(change);
        }
        StringBuilder text = new StringBuilder(HEADER.length() + length + 8192)
                .append(HEADER)
                .append('\n');
        if (!books.isEmpty()) {
            text.append(change(new RateBook(0, Map.of()), books.get(first)));
        }
        changes.forEach(text::append);
        return ChecksummedLines.seal(text);
    }

    /**
     * Decodes books.
     *
     * @return in the order of their versions
     * @throws IllegalArgumentException if the text is truncated, altered or in another format
     */
    public static List<RateBook> decode(String text) {
        List<String> lines = ChecksummedLines.verify(text);
        if (!HEADER.equals(lines.get(0))) {
            throw new IllegalArgumentException("another format; must be " + HEADER);
        }
        try {
            return books(lines.subList(1, lines.size()));
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("invalid books: " + e.getMessage(), e);
        }
    }

    private static List<RateBook> books(List<String> lines) {
        List<RateBook> books = new ArrayList<>();
        Map<String, Rate> rates = new HashMap<>();
        long version = 0;
        for (String line : lines) {
            if (line.startsWith(VERSION)) {
                if (version > 0) {
                    books.add(new RateBook(version, rates));
                }
                long next = Long.parseLong(line.substring(VERSION.length()));
                if (next <= version) {
                    throw new IllegalArgumentException("version " + next + "; must be above " + version);
                }
                version = next;
            } else if (line.startsWith(REMOVED)) {
                rates.remove(line.substring(REMOVED.length()));
            } else {
                RateLine rate = RateLine.parse(line);
                rates.put(rate.code(), rate.rate());
            }
        }
        if (version > 0) {
            books.add(new RateBook(version, rates));
        }
        return books;
    }

    private static String change(RateBook before, RateBook after) {
        StringBuilder text = new StringBuilder(256);
        text.append(VERSION).append(after.version()).append('\n');
        after.rates().forEach((code, rate) -> {
            if (!rate.equals(before.rates().get(code))) {
                new RateLine(code, rate).appendTo(text);
            }
        });
        before.rates().keySet().stream()
                .filter(code -> !after.rates().containsKey(code))
                .forEach(code -> text.append(REMOVED).append(code).append('\n'));
        return text.toString();
    }
}
