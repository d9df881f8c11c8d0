package io.ratemesh.rates.poll;

import java.time.Duration;

/**
 * How much of a provider's trouble a poll puts up with.
 *
 * @param connect time to connect, to each host on the way
 * @param total time for all of it, redirects and body included
 * @param maxBytes the largest body that is read; a larger one is cut off
 */
public record FetchLimits(Duration connect, Duration total, int maxBytes) {

    /** What holds for every feed. */
    public static final FetchLimits DEFAULT = new FetchLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 4 << 20);
}
