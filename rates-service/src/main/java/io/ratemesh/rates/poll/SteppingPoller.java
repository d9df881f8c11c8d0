package io.ratemesh.rates.poll;

import io.ratemesh.model.RateBook;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.feed.SteppingFeed;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Supplier;

/** Polls a feed that computes its quotes from the newest book. */
public final class SteppingPoller implements FeedPoller {

    private final SteppingFeed feed;
    private final Supplier<RateBook> book;
    private final Clock clock;

    /**
     * Creates a poller.
     *
     * @param book the newest book, from which each step starts
     */
    public SteppingPoller(SteppingFeed feed, Supplier<RateBook> book, Clock clock) {
        this.feed = feed;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public Future<PollResult> poll(Validators validators) {
        FeedResponse response = feed.step(book.get(), clock.instant());
        return Future.succeededFuture(
                response.quotes().isEmpty()
                        ? new PollResult.Unchanged()
                        : new PollResult.Received(response, Validators.NONE));
    }
}
