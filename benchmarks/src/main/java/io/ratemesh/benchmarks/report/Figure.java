package io.ratemesh.benchmarks.report;

import io.ratemesh.benchmarks.load.Median;
import java.util.Collections;
import java.util.List;

/**
 * What was measured of one contender under one load.
 *
 * @param load for example {@code 64 connections}
 * @param contender for example {@code HAProxy}
 * @param rounds the values in the order in which they were measured, in the unit of the measure; at least one
 */
public record Figure(String load, String contender, Measure measure, List<Double> rounds) {

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
