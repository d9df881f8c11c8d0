package io.ratemesh.launcher.migration.haproxy;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of HAProxy: a number, in milliseconds unless a unit follows (configuration manual, 2.5). */
final class HaproxyDuration {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(us|ms|s|m|h|d)?");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private HaproxyDuration() {}

    /** In milliseconds; empty if it is not one. */
    static Optional<Long> millis(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        return Optional.of(unit.equals("us") ? number / 1000 : number * MILLIS.getOrDefault(unit, 1L));
    }
}
