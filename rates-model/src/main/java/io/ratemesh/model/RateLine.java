package io.ratemesh.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One rate as a line of text: {@code USD 1.1415 ecb 2026-07-06T14:00:00Z 2026-07-07T16:00:00Z}. Words after the fifth are
 * ignored, so that a later release can add some while older nodes run.
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
     * Parses a line.
     *
     * @throws IllegalArgumentException if a word is missing
     * @throws java.time.DateTimeException if a time is invalid
     */
    static RateLine parse(String line) {
        String[] words = line.split(" ");
        if (words.length < WORDS) {
            throw new IllegalArgumentException("a rate with a missing word: " + line);
        }
        return new RateLine(
                words[0],
                new Rate(new BigDecimal(words[1]), words[2], Instant.parse(words[3]), Instant.parse(words[4])));
    }
}
