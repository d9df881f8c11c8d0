package io.ratemesh.rates.feed;

import java.time.Duration;
import java.time.Instant;

/**
 * A source of rates against the euro. A feed knows what to ask and how the answer reads; when to ask, and whether the
 * answer is believed, is decided elsewhere.
 */
public sealed interface Feed permits HttpFeed, SteppingFeed {

    /** Its name in the settings and the source of its rates: one word, as {@code ecb}. */
    String name();

    /**
     * Where its rates come from in the end: feeds of one origin do not confirm each other, for they would share an error.
     */
    default String origin() {
        return name();
    }

    /** How often it is asked. */
    Duration poll();

    /**
     * When a rate of this feed has outlived its time.
     *
     * @param observedAt when the feed observed it
     * @param staleAfter how old a rate may get
     */
    default Instant staleAt(Instant observedAt, Duration staleAfter) {
        return observedAt.plus(staleAfter);
    }
}
