package io.ratemesh.rates.feed;

import java.time.Duration;
import java.time.Instant;

/**
 * A source of rates against the euro: an address and the format of its responses. When it is polled, and which of its quotes
 * are accepted, is decided elsewhere.
 */
public sealed interface Feed permits HttpFeed, SteppingFeed {

    /** The name in the settings and the source of its rates: one word, such as {@code ecb}. */
    String name();

    /**
     * The origin of its rates. Feeds of one origin do not confirm each other, because they share errors.
     */
    default String origin() {
        return name();
    }

    /** The interval between polls. */
    Duration poll();

    /**
     * The time at which a rate of this feed turns stale.
     *
     * @param observedAt when the feed observed the rate
     * @param staleAfter the setting {@code rates.limits.stale-after}
     */
    default Instant staleAt(Instant observedAt, Duration staleAfter) {
        return observedAt.plus(staleAfter);
    }
}
