package io.ratemesh.rates.poll;

import io.ratemesh.model.RateBook;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.HttpFeed;
import io.ratemesh.rates.feed.SteppingFeed;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Creates the loops that poll the feeds, each with its schedule and backoff. */
public final class FeedLoopFactory {

    private static final Duration LEAST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration BACKOFF_CAP = Duration.ofMinutes(1);

    /** A feed with a short interval is polled again sooner after failures than one with a long interval. */
    private static final int INTERVALS_OF_BACKOFF = 15;

    private final Vertx vertx;
    private final Clock clock;
    private final Supplier<RateBook> accepted;

    /**
     * Creates it.
     *
     * @param accepted the newest book, from which a {@link SteppingFeed} steps
     */
    public FeedLoopFactory(Vertx vertx, Clock clock, Supplier<RateBook> accepted) {
        this.vertx = vertx;
        this.clock = clock;
        this.accepted = accepted;
    }

    /** A loop for a feed of the settings. */
    public FeedLoop create(Feed feed, PollListener listener) {
        // A pattern switch over the sealed type would need Java 21.
        FeedPoller poller = feed instanceof HttpFeed http
                ? new HttpPoller(vertx, http, FetchLimits.DEFAULT, clock)
                : new SteppingPoller((SteppingFeed) feed, accepted, clock);
        return create(feed.name(), poller, feed.poll(), listener);
    }

    /** A loop for another poller. */
    public FeedLoop create(String name, FeedPoller poller, Duration interval, PollListener listener) {
        Duration longest = interval.multipliedBy(INTERVALS_OF_BACKOFF);
        Duration bounded = longest.compareTo(BACKOFF_CAP) < 0 ? longest : BACKOFF_CAP;
        Duration cap = interval.compareTo(bounded) > 0 ? interval : bounded;
        Backoff backoff = new Backoff(LEAST_BACKOFF, FIRST_BACKOFF, cap, new SplittableRandom());
        return new FeedLoop(vertx, clock, poller, new PollSchedule(name, interval, backoff), listener);
    }
}
