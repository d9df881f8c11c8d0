package io.ratemesh.launcher.migration.nginx;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of nginx, such as {@code 60}, {@code 250ms} or {@code 1h30m}; without a unit, seconds. */
final class NginxDuration {

    private static final Pattern DURATION = Pattern.compile("(?:\\d{1,9}(?:ms|[smhdwMy])?\\s*)+");
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|[smhdwMy])?");
    private static final Map<String, Long> MILLIS = Map.of(
            "ms", 1L,
            "s", 1000L,
            "m", 60_000L,
            "h", 3_600_000L,
            "d", 86_400_000L,
            "w", 7 * 86_400_000L,
            "M", 30 * 86_400_000L,
            "y", 365 * 86_400_000L);

    private NginxDuration() {}

    /** In milliseconds; empty if it is not one. */
    static Optional<Long> millis(String text) {
        if (!DURATION.matcher(text).matches()) {
            return Optional.empty();
        }
        long sum = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String unit = part.group(2) == null ? "s" : part.group(2);
            sum += Long.parseLong(part.group(1)) * MILLIS.getOrDefault(unit, 1000L);
        }
        return Optional.of(sum);
    }
}
