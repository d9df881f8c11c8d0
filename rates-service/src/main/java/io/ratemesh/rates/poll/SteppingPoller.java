package io.ratemesh.rates.poll;

import io.ratemesh.model.RateBook;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.feed.SteppingFeed;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Supplier;

/** Takes a step of a feed that asks nobody. */
public final class SteppingPoller implements FeedPoller {

    private final SteppingFeed feed;
    private final Supplier<RateBook> book;
    private final Clock clock;

    /**
     * A poller.
     *
     * @param book the newest book, from which each step goes on
     */
    public SteppingPoller(SteppingFeed feed, Supplier<RateBook> book, Clock clock) {
        this.feed = feed;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public Future<PollResult> poll(Validators known) {
        FeedResponse answer = feed.step(book.get(), clock.instant());
        return Future.succeededFuture(
                answer.quotes().isEmpty()
                        ? new PollResult.Unchanged()
                        : new PollResult.Answered(answer, Validators.NONE));
    }
}
