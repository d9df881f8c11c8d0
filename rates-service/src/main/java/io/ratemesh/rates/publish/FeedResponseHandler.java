package io.ratemesh.rates.publish;

import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.rates.book.QuoteValidator.Checked;
import io.ratemesh.rates.book.RejectionReason;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.AcceptedQuotes;
import io.ratemesh.rates.poll.PollException;
import io.ratemesh.rates.poll.PollListener;
import io.ratemesh.rates.poll.PollOutcome;
import java.util.Map;
import java.util.function.BiConsumer;

/** Takes what the feeds answer to the leader's book, and tells operators how the feeds are and what is doubted. */
public final class FeedResponseHandler implements PollListener {

    private final Map<String, Feed> feeds;
    private final LeaderBook book;
    private final RatesLeader leader;
    private final RatesMeters meters;
    private final OpsEvents ops;
    private final RejectionLog doubts;
    private final BiConsumer<String, FeedResponse> undoubted;
    private final Runnable report;

    /**
     * A desk.
     *
     * @param feeds those that are asked, by name; looked up for each answer
     * @param undoubted hears of each answer of which nothing is doubted, and whose it is
     * @param report publishes how the feeds are
     */
    public FeedResponseHandler(
            Map<String, Feed> feeds,
            LeaderBook book,
            RatesLeader leader,
            RatesMeters meters,
            OpsEvents ops,
            RejectionLog doubts,
            BiConsumer<String, FeedResponse> undoubted,
            Runnable report) {
        this.feeds = feeds;
        this.book = book;
        this.leader = leader;
        this.meters = meters;
        this.ops = ops;
        this.doubts = doubts;
        this.undoubted = undoubted;
        this.report = report;
    }

    @Override
    public AcceptedQuotes answered(String name, FeedResponse answer) throws PollException {
        Feed feed = feeds.get(name);
        if (feed == null) {
            throw new PollException("no feed of that name");
        }
        Checked checked = book.take(feed, answer);
        leader.rebuild();
        Map<String, RejectionReason> held = checked.whole().isPresent() ? Map.of() : book.heldBack(name);
        meters.refused(checked.refused());
        meters.heldBack(held.values());
        doubts.enter(name, checked, held).ifPresent(words -> ops.publish("quotes-rejected", name, words));
        if (checked.whole().isPresent()) {
            throw new PollException(checked.whole().get());
        }
        boolean whole = checked.refused().isEmpty() && held.isEmpty();
        if (whole) {
            undoubted.accept(name, answer);
        }
        return new AcceptedQuotes(checked.rates().size() - held.size(), whole);
    }

    @Override
    public void asking(String feed) {
        report.run();
    }

    @Override
    public void polled(String feed, PollOutcome outcome) {
        meters.polled(feed, outcome);
        switch (outcome) {
            case UNCHANGED -> book.saidAgain(feed);
            case FAILED, REJECTED -> book.silent(feed);
            case ACCEPTED -> {
                // It was taken when it came.
            }
        }
        leader.rebuild();
        report.run();
    }

    @Override
    public void failing(String feed, String error) {
        ops.publish("feed-failed", feed, error);
    }

    @Override
    public void recovered(String feed) {
        ops.publish("feed-recovered", feed, "responds again");
    }

    @Override
    public void noticed(String feed, String notice) {
        ops.publish("feed-notice-received", feed, notice);
    }
}
