package io.ratemesh.rates.publish;

import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.rates.book.AnswerCheck.Checked;
import io.ratemesh.rates.feed.Answer;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.PollException;
import io.ratemesh.rates.poll.PollListener;
import io.ratemesh.rates.poll.PollOutcome;
import java.util.Map;

/** Takes what the feeds answer to the leader's book, and tells operators how the feeds are. */
public final class AnswerDesk implements PollListener {

    private final Map<String, Feed> feeds;
    private final LeadersBook book;
    private final RatesLeader leader;
    private final RatesMeters meters;
    private final OpsEvents ops;
    private final Runnable report;

    /**
     * A desk.
     *
     * @param report publishes how the feeds are
     */
    public AnswerDesk(
            Map<String, Feed> feeds,
            LeadersBook book,
            RatesLeader leader,
            RatesMeters meters,
            OpsEvents ops,
            Runnable report) {
        this.feeds = feeds;
        this.book = book;
        this.leader = leader;
        this.meters = meters;
        this.ops = ops;
        this.report = report;
    }

    @Override
    public int answered(String name, Answer answer) throws PollException {
        Feed feed = feeds.get(name);
        if (feed == null) {
            throw new PollException("no feed of that name");
        }
        Checked checked = book.take(feed, answer);
        meters.refused(checked.refused());
        if (checked.whole().isPresent()) {
            throw new PollException(checked.whole().get());
        }
        leader.rebuild();
        return checked.rates().size();
    }

    @Override
    public void polled(String feed, PollOutcome outcome) {
        meters.polled(feed, outcome);
        report.run();
    }

    @Override
    public void failing(String feed, String error) {
        ops.tell("feed-failed", feed, error);
    }

    @Override
    public void recovered(String feed) {
        ops.tell("feed-recovered", feed, "it answers again");
    }

    @Override
    public void noticed(String feed, String notice) {
        ops.tell("feed-notice", feed, notice);
    }
}
