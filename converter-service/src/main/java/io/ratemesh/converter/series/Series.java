package io.ratemesh.converter.series;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The rates of a pair over time.
 *
 * @param from upper-case code
 * @param to upper-case code
 * @param group {@code minute}, {@code day}, {@code week} or {@code month}
 * @param firstDay the first day with a rate; empty when there is none
 * @param lastDay the last day with a rate
 * @param sources the feeds and laws of its rates; the feeds of minutes are not known
 * @param points oldest first
 */
public record Series(
        String from,
        String to,
        String group,
        Optional<LocalDate> firstDay,
        Optional<LocalDate> lastDay,
        List<String> sources,
        List<Point> points) {

    /** The group of a series of minutes. */
    public static final String MINUTE = "minute";

    public Series {
        sources = List.copyOf(sources);
        points = List.copyOf(points);
    }

    public boolean isEmpty() {
        return points.isEmpty();
    }

    boolean simulated() {
        return points.stream().anyMatch(Point::simulated);
    }
}
