package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.rates.book.BookState;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the leader, and keeps a follower ready to lead: with the newest book and the leader's poll schedules. Runs
 * on one event loop.
 */
public final class LeadershipCoordinator {

    private static final Logger LOG = LoggerFactory.getLogger(LeadershipCoordinator.class);

    private final Node node;
    private final RatesLeader leader;
    private final FeedPolls polls;
    private final BookState state;
    private final Leadership leadership;

    public LeadershipCoordinator(
            Node node, RatesLeader leader, FeedPolls polls, BookState state, Leadership leadership) {
        this.node = node;
        this.leader = leader;
        this.polls = polls;
        this.state = state;
        this.leadership = leadership;
    }

    /** Checks which node leads, and whether rates have turned stale; several times a second, and when a member left. */
    public void check() {
        switch (leadership.check()) {
            case GAINED -> {
                node.ops().publish("leader-changed", node.id(), "polls the feeds and publishes the book from now on");
                leader.lead(polls::start);
            }
            case LOST -> {
                LOG.info("another node leads the rates");
                stop();
            }
            case NONE -> leader.refreshStale();
        }
    }

    /** Makes the cluster and this node hold the same book, and publishes the status of the feeds; every few seconds. */
    public void reconcile() {
        if (leadership.isLeading()) {
            leader.reconcile();
            report();
        } else {
            // A subscription may be lost for good when the network flaps (vert.x issue 4394).
            leader.readShared();
        }
    }

    /** A book was published on the cluster, by any node. */
    public void onBook(RateBook book) {
        leader.adopt(book);
    }

    /** A status of the feeds was published, by any node. */
    public void onReport(JsonObject message) {
        if (!leadership.isLeading()) {
            FeedReports.fromJson(message).ifPresent(reports -> polls.restore(reports.feeds()));
        }
    }

    /** Publishes the status of the feeds. */
    public void report() {
        FeedReports reports = new FeedReports(node.id(), polls.reports(state::rejections));
        node.vertx().eventBus().publish(FeedStatusReport.ADDRESS, reports.toJson());
    }

    /** Stops leading for good. */
    public void close() {
        leadership.resign();
        stop();
        polls.close();
    }

    private void stop() {
        leader.stop();
        polls.stop();
    }
}
