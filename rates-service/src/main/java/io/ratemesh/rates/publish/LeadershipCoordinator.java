package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.lifecycle.Node;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a rates node owes the cluster: to lead when it is the oldest, else to know the book and the feeds' rhythm so well
 * that it can lead at any moment. Lives on one event loop.
 */
public final class LeadershipCoordinator {

    private static final Logger LOG = LoggerFactory.getLogger(LeadershipCoordinator.class);

    private final Node node;
    private final SharedBook shared;
    private final BookHolder holder;
    private final RatesLeader leader;
    private final FeedPolls polls;
    private final RejectionLog doubts;
    private final Leadership leadership;

    public LeadershipCoordinator(
            Node node,
            SharedBook shared,
            BookHolder holder,
            RatesLeader leader,
            FeedPolls polls,
            RejectionLog doubts,
            Leadership leadership) {
        this.node = node;
        this.shared = shared;
        this.holder = holder;
        this.leader = leader;
        this.polls = polls;
        this.doubts = doubts;
        this.leadership = leadership;
    }

    /** Sees who leads, and what has turned stale; several times a second, and when a member left. */
    public void look() {
        switch (leadership.look()) {
            case GAINED -> {
                node.ops().publish("leader-changed", node.id(), "polls the feeds and publishes the book from now on");
                leader.lead();
            }
            case LOST -> {
                LOG.info("another node leads the rates");
                leader.follow();
            }
            case NONE -> leader.watchAge();
        }
    }

    /** Makes sure that cluster and node hold the same book, and tells how the feeds are; every few seconds. */
    public void reconcile() {
        if (leadership.leading()) {
            leader.reconcile();
            report();
        } else {
            // A subscription may be lost for good when the network flaps (vert.x issue 4394).
            readShared();
        }
    }

    /** Reads the cluster's book. */
    public void readShared() {
        shared.read()
                .onSuccess(found -> found.ifPresent(this::heard))
                .onFailure(cause -> LOG.debug("the cluster's book was not read", cause));
    }

    /** A book was published, by whomever. */
    public void heard(RateBook book) {
        holder.adopt(book);
        leader.heard(book);
    }

    /** Somebody told how the feeds are. */
    public void reported(JsonObject message) {
        if (!leadership.leading()) {
            FeedReports.fromJson(message).ifPresent(reports -> polls.remember(reports.feeds()));
        }
    }

    /** Tells how the feeds are. */
    public void report() {
        FeedReports reports = new FeedReports(node.id(), polls.reports(doubts::with));
        node.vertx().eventBus().publish(FeedStatusReport.ADDRESS, reports.toJson());
    }

    /** Leads and follows no more. */
    public void end() {
        leadership.resign();
        leader.close();
    }
}
