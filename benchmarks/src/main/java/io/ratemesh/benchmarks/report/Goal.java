package io.ratemesh.benchmarks.report;

/**
 * A measured value beside what it should be.
 *
 * @param text what is compared, for example {@code 64 connections: requests ÷ HAProxy's}
 * @param value measured; NaN if it could not be, which does not meet a goal
 * @param least the smallest value that is good enough, or negative infinity
 * @param most the largest value that is good enough, or infinity
 */
public record Goal(String text, double value, double least, double most) {

    /** A ratio that is shown as 1.00 counts as 1. */
    public static final double TOLERANCE = 0.005;

    public static Goal atLeast(String text, double value, double least) {
        return new Goal(text, value, least, Double.POSITIVE_INFINITY);
    }

    public static Goal atMost(String text, double value, double most) {
        return new Goal(text, value, Double.NEGATIVE_INFINITY, most);
    }

    /** A condition that holds or does not: 1 of 1, or 0. */
    public static Goal that(String text, boolean holds) {
        return atLeast(text, holds ? 1 : 0, 1);
    }

    public boolean isMet() {
        return value >= least - TOLERANCE && value <= most + TOLERANCE;
    }

    /** For example {@code at least 1.25}. */
    public String bounds() {
        return least == Double.NEGATIVE_INFINITY
                ? "at most " + Table.plain(most)
                : most == Double.POSITIVE_INFINITY
                        ? "at least " + Table.plain(least)
                        : Table.plain(least) + " to " + Table.plain(most);
    }

    /** For example {@code second up, s: 5.81 (goal: at most 6): met}. */
    public String line() {
        return text + ": " + Table.decimal(value, 2) + " (goal: " + bounds() + "): " + Report.verdict(isMet());
    }
}
