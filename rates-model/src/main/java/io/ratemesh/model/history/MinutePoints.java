package io.ratemesh.model.history;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The minutes of the last two days, by hour. Immutable. */
public final class MinutePoints {

    /** The number of whole hours besides the current one. */
    public static final int WHOLE_HOURS = 48;

    /** No points. */
    public static final MinutePoints EMPTY = new MinutePoints(new TreeMap<>());

    private final NavigableMap<Long, HourOfMinutes> hours;

    /** Keeps the map without a copy. */
    private MinutePoints(NavigableMap<Long, HourOfMinutes> hours) {
        this.hours = Collections.unmodifiableNavigableMap(hours);
    }

    /**
     * These points and those of an hour; existing points stay. The oldest hour is removed if there are too many.
     *
     * @return these points themselves if the hour adds none
     */
    public MinutePoints plus(HourOfMinutes hour) {
        HourOfMinutes known = hours.get(hour.epochHour());
        HourOfMinutes both = known == null ? hour : known.plus(hour);
        if (both.equals(known) || both.isEmpty()) {
            return this;
        }
        NavigableMap<Long, HourOfMinutes> more = new TreeMap<>(hours);
        more.put(both.epochHour(), both);
        if (more.size() > WHOLE_HOURS + 1) {
            more.pollFirstEntry();
        }
        return new MinutePoints(more);
    }

    /** These points without those of earlier hours. */
    public MinutePoints since(long epochHour) {
        NavigableMap<Long, HourOfMinutes> kept = hours.tailMap(epochHour, true);
        return kept.size() == hours.size() ? this : new MinutePoints(new TreeMap<>(kept));
    }

    /**
     * The minutes of a range in which both currencies have a rate, oldest first. Lazy.
     *
     * @param from upper-case code
     * @param to upper-case code
     * @param first the earliest start of a minute
     * @param last the latest start of a minute, included
     */
    public Stream<MinuteLegs> series(String from, String to, Instant first, Instant last) {
        return minutes(first, last).flatMap(at -> at.legs(from, to).stream());
    }

    /** The points of an hour. */
    public Optional<HourOfMinutes> hour(long epochHour) {
        return Optional.ofNullable(hours.get(epochHour));
    }

    /** The hours with a point, oldest first. */
    public Stream<HourOfMinutes> hours() {
        return hours.values().stream();
    }

    /** Whether any point of a range, both ends included, is simulated. */
    public boolean simulated(Instant first, Instant last) {
        return minutes(first, last).anyMatch(at -> at.hour.simulated(at.minute));
    }

    /** The number of points. */
    public int points() {
        return hours().mapToInt(HourOfMinutes::points).sum();
    }

    /** The approximate size on the heap of a JVM with compressed pointers. */
    public long bytes() {
        return hours().mapToLong(hour -> 2 * HeapBytes.OBJECT + hour.bytes()).sum();
    }

    private Stream<Minute> minutes(Instant first, Instant last) {
        return first.isAfter(last)
                ? Stream.empty()
                : hours
                        .subMap(HourOfMinutes.epochHour(first), true, HourOfMinutes.epochHour(last), true)
                        .values()
                        .stream()
                        .flatMap(hour ->
                                IntStream.range(0, HourOfMinutes.MINUTES).mapToObj(m -> new Minute(hour, m)))
                        .filter(at -> !at.begin().isBefore(first) && !at.begin().isAfter(last));
    }

    /** One minute of an hour. */
    private record Minute(HourOfMinutes hour, int minute) {

        Instant begin() {
            return hour.minute(minute);
        }

        Optional<MinuteLegs> legs(String from, String to) {
            return PackedRate.legs(hour.packed(from, minute), hour.packed(to, minute))
                    .map(legs -> new MinuteLegs(begin(), legs, hour.simulated(minute)));
        }
    }
}
