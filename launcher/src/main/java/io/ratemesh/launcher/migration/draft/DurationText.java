package io.ratemesh.launcher.migration.draft;

import java.util.Optional;

/** Durations as settings write them, such as {@code 250ms}, {@code 2s} or {@code 1m}. */
public final class DurationText {

    public static final long SECOND = 1000;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;

    private DurationText() {}

    /** The text of a number of milliseconds. */
    public static String of(long millis) {
        if (millis == 0) {
            return "0s";
        }
        if (millis % HOUR == 0) {
            return millis / HOUR + "h";
        }
        if (millis % MINUTE == 0) {
            return millis / MINUTE + "m";
        }
        return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
    }

    /** The same; empty outside of what a setting accepts. */
    public static Optional<String> within(long millis, Range range) {
        return millis < range.min() || millis > range.max() ? Optional.empty() : Optional.of(of(millis));
    }

    /**
     * What a setting accepts, in milliseconds.
     *
     * @param key the setting
     */
    public record Range(String key, long min, long max) {

        @Override
        public String toString() {
            return key + " accepts " + DurationText.of(min) + " to " + DurationText.of(max);
        }
    }
}
