package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code cache} of a route: responses that are stored.
 *
 * @param maxSize of all stored responses in bytes, with their fields
 * @param maxEntry of the content of one response in bytes, at most {@code maxSize}; longer ones are not stored
 * @param collapseTimeout how long a request may wait for the response to an equal one; zero if none waits
 */
public record CacheSettings(int maxSize, int maxEntry, Duration collapseTimeout) {

    private static final int LARGEST_SIZE = 1 << 30;
    private static final int SMALLEST_SIZE = 64 * 1024;
    private static final int LARGEST_ENTRY = 64 * 1024 * 1024;
    private static final int SMALLEST_ENTRY = 1024;
    private static final int ENTRY = 1024 * 1024;
    private static final Duration COLLAPSE = Duration.ofSeconds(5);

    /** Empty where nothing is stored. */
    static Optional<CacheSettings> read(SettingsReader reader) {
        int maxSize = reader.size("max-size", 0, LARGEST_SIZE, 0);
        boolean tooSmall = maxSize > 0 && maxSize < SMALLEST_SIZE;
        if (tooSmall) {
            reader.fault("max-size", "is too small", "use at least 64KiB, or 0B for no cache");
        }
        int byDefault = maxSize == 0 || tooSmall ? ENTRY : Math.min(ENTRY, maxSize);
        int maxEntry = reader.size("max-entry", SMALLEST_ENTRY, LARGEST_ENTRY, byDefault);
        if (maxSize > 0 && !tooSmall && maxEntry > maxSize) {
            reader.fault("max-entry", "is more than max-size", "use at most max-size");
        }
        Duration collapse = reader.duration("collapse-timeout", Duration.ZERO, Duration.ofMinutes(1), COLLAPSE);
        if (maxSize == 0) {
            reader.withoutEffect();
            return Optional.empty();
        }
        return Optional.of(new CacheSettings(maxSize, maxEntry, collapse));
    }
}
