package io.ratemesh.rates.poll;

import java.time.Duration;

/**
 * The limits of one poll.
 *
 * @param connect time to connect to each host
 * @param total time for the whole poll, with redirects and body
 * @param maxBytes the largest body that is read
 */
public record FetchLimits(Duration connect, Duration total, int maxBytes) {

    /** The limits of every feed. */
    public static final FetchLimits DEFAULT = new FetchLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 4 << 20);
}
