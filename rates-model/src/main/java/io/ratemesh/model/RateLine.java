package io.ratemesh.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One rate on a line: {@code USD 1.1415 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z}. Words after the fifth are ignored,
 * so that a later release may add some while older nodes still run.
 */
record RateLine(String code, Rate rate) {

    private static final int WORDS = 5;

    void appendTo(StringBuilder text) {
        text.append(code)
                .append(' ')
                .append(rate.perEuro().toPlainString())
                .append(' ')
                .append(rate.source())
                .append(' ')
                .append(rate.asOf())
                .append(' ')
                .append(rate.staleAt())
                .append('\n');
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException where a word is missing
     * @throws java.time.DateTimeException where a time is none
     */
    static RateLine parse(String line) {
        String[] words = line.split(" ");
        if (words.length < WORDS) {
            throw new IllegalArgumentException("a rate without all its words: " + line);
        }
        return new RateLine(
                words[0],
                new Rate(new BigDecimal(words[1]), words[2], Instant.parse(words[3]), Instant.parse(words[4])));
    }
}
