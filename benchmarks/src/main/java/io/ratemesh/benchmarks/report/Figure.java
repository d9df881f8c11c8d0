package io.ratemesh.benchmarks.report;

import io.ratemesh.benchmarks.load.Median;
import java.util.Collections;
import java.util.List;

/**
 * What was measured of one contender under one load.
 *
 * @param load for example {@code 64 connections}
 * @param contender for example {@code HAProxy}; the names of ours begin with {@value #RATEMESH}
 * @param rounds the values in the order in which they were measured, in the unit of the measure; at least one
 */
public record Figure(String load, String contender, Measure measure, List<Double> rounds) {

    /** How the names of our contenders begin, such as {@code Ratemesh converter}. */
    public static final String RATEMESH = "Ratemesh";

    public Figure {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("rounds: none (expected: at least one)");
        }
    }

    /** A figure that was measured once. */
    public static Figure once(String load, String contender, Measure measure, double value) {
        return new Figure(load, contender, measure, List.of(value));
    }

    /** Whether it is a figure of this system, not of what it is compared with. */
    public boolean isOfRatemesh() {
        return contender.startsWith(RATEMESH);
    }

    public double median() {
        return Median.of(rounds);
    }

    public double least() {
        return Collections.min(rounds);
    }

    public double most() {
        return Collections.max(rounds);
    }
}
