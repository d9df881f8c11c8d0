package io.ratemesh.converter.series;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a pair was worth over some time.
 *
 * @param from upper-case code of what is given
 * @param to upper-case code of what is wanted
 * @param group {@code minute}, {@code day}, {@code week} or {@code month}
 * @param firstDay the first day that is in it; empty where none is
 * @param lastDay the last one
 * @param sources the feeds and laws its rates come from, each once; of minutes, it is not kept whose they were
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

    /** The group of series that are made of minutes. */
    public static final String MINUTE = "minute";

    public Series {
        sources = List.copyOf(sources);
        points = List.copyOf(points);
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return points.isEmpty();
    }

    /** Whether any point is made up for a demonstration. */
    boolean simulated() {
        return points.stream().anyMatch(Point::simulated);
    }
}
