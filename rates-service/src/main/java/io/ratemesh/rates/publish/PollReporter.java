package io.ratemesh.rates.publish;

import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.rates.book.BookState.Acceptance;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.PollOutcome;

/** Reports polls and rejected quotes to operators: as metrics, as events, and in the status of the feeds. */
public final class PollReporter {

    private final OpsEvents ops;
    private final RatesMeters meters;
    private final Runnable statusReport;

    /**
     * Creates a reporter.
     *
     * @param statusReport publishes the status of all feeds
     */
    public PollReporter(OpsEvents ops, RatesMeters meters, Runnable statusReport) {
        this.ops = ops;
        this.meters = meters;
        this.statusReport = statusReport;
    }

    /** A poll starts. */
    public void started() {
        statusReport.run();
    }

    /** A poll has ended. */
    public void ended(String feed, PollOutcome outcome) {
        meters.polled(feed, outcome);
        statusReport.run();
    }

    /** A poll has failed, after one that succeeded. */
    public void failed(String feed, String error) {
        ops.publish("feed-failed", feed, error);
    }

    /** A poll has succeeded, after one that failed. */
    public void recovered(String feed, String detail) {
        ops.publish("feed-recovered", feed, detail);
    }

    /** The provider publishes a notice for its users. */
    public void noticed(String feed, String notice) {
        ops.publish("feed-notice-received", feed, notice);
    }

    /** Counts the rejected quotes of a response; an event is published if they differ from those of the response before. */
    public void rejected(String feed, Acceptance acceptance) {
        meters.rejected(acceptance.checked().rejected());
        meters.heldBack(acceptance.heldBack().values());
        acceptance.newRejections().ifPresent(detail -> ops.publish("quotes-rejected", feed, detail));
    }

    /** Past days were imported. */
    public void daysImported(String feed, String detail) {
        ops.publish("history-imported", feed, detail);
    }

    /** Past days, or some of their rates, were rejected. */
    public void daysRejected(String feed, String detail) {
        ops.publish("history-rejected", feed, detail);
    }
}
