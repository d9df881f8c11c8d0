package io.ratemesh.rates.publish;

import io.ratemesh.rates.book.BookState;
import io.ratemesh.rates.book.BookState.Acceptance;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.poll.AcceptedQuotes;
import io.ratemesh.rates.poll.PollException;
import io.ratemesh.rates.poll.PollListener;
import io.ratemesh.rates.poll.PollOutcome;
import java.util.function.Consumer;

/** Passes the responses of one feed to the book state, and publishes the book that follows. */
public final class FeedResponseHandler implements PollListener {

    private final Feed feed;
    private final BookState state;
    private final Runnable publisher;
    private final Consumer<FeedResponse> complete;
    private final PollReporter reporter;

    /**
     * Creates a handler.
     *
     * @param publisher publishes the accepted book
     * @param complete receives each response of which every quote is accepted
     */
    public FeedResponseHandler(
            Feed feed, BookState state, Runnable publisher, Consumer<FeedResponse> complete, PollReporter reporter) {
        this.feed = feed;
        this.state = state;
        this.publisher = publisher;
        this.complete = complete;
        this.reporter = reporter;
    }

    @Override
    public AcceptedQuotes accept(FeedResponse response) throws PollException {
        Acceptance acceptance = state.accept(feed, response);
        acceptance.next().ifPresent(next -> publisher.run());
        reporter.rejected(feed.name(), acceptance);
        if (acceptance.checked().isRejected()) {
            throw new PollException(acceptance.checked().rejection().orElseThrow());
        }
        if (acceptance.isComplete()) {
            complete.accept(response);
        }
        return new AcceptedQuotes(acceptance.currencies(), acceptance.isComplete());
    }

    @Override
    public void started() {
        reporter.started();
    }

    @Override
    public void ended(PollOutcome outcome) {
        switch (outcome) {
            case UNCHANGED -> state.confirm(feed.name()).ifPresent(next -> publisher.run());
            case FAILED -> state.markFailed(feed.name()).ifPresent(next -> publisher.run());
            case ACCEPTED, REJECTED -> {
                // The state has the response already.
            }
        }
        reporter.ended(feed.name(), outcome);
    }

    @Override
    public void failed(String error) {
        reporter.failed(feed.name(), error);
    }

    @Override
    public void recovered() {
        reporter.recovered(feed.name(), "responds again");
    }

    @Override
    public void noticed(String notice) {
        reporter.noticed(feed.name(), notice);
    }
}
