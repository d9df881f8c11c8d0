package io.ratemesh.node.announce;

import io.ratemesh.node.NodeState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * Says each second, and on every change, who this node is and how it is. A newcomer asks all to announce at once.
 *
 * <p>Safe to call from any thread: what is said is kept and sent on one event loop, so that announcements leave in the
 * order of the changes.
 */
public final class Announcer {

    /** Where nodes announce themselves. */
    public static final String ANNOUNCE_ADDRESS = "node.announce";

    /** Where a newcomer asks everyone to announce. */
    public static final String ROLL_CALL_ADDRESS = "node.roll-call";

    private static final long PERIOD_MILLIS = 1000;

    private final Vertx vertx;
    private final Context context;
    private final LoadMeter meter = new LoadMeter();
    private volatile IntSupplier inFlight = () -> 0;
    private volatile IntSupplier streams = () -> 0;
    private volatile Announcement current;

    /**
     * Begins to announce, answers roll calls, and calls one.
     *
     * @param first what to say at first
     */
    public Announcer(Vertx vertx, Announcement first) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.current = first;
        vertx.eventBus().consumer(ROLL_CALL_ADDRESS, ignored -> change(now -> now));
        context.runOnContext(ignored ->
                vertx.setPeriodic(PERIOD_MILLIS, timer -> change(now -> now.under(meter.measure(inFlight, streams)))));
        change(now -> now);
        vertx.eventBus().publish(ROLL_CALL_ADDRESS, null);
    }

    /** What this node says of itself now. */
    public Announcement current() {
        return current;
    }

    /** Where the load comes from: requests under way and SSE readers, read once a second. */
    public void measureWith(IntSupplier requestsInFlight, IntSupplier openStreams) {
        inFlight = requestsInFlight;
        streams = openStreams;
    }

    /** The node's HTTP listens on {@code port} now. */
    public Future<Void> listening(int port) {
        return change(now -> now.listening(port));
    }

    /** The node is in another state. */
    public Future<Void> state(NodeState state) {
        return change(now -> now.in(state));
    }

    /** The node holds another book. */
    public Future<Void> bookVersion(long version) {
        return change(now -> now.holding(version));
    }

    /** Completes when the change has been made and handed to the event bus. */
    private Future<Void> change(UnaryOperator<Announcement> change) {
        Promise<Void> made = Promise.promise();
        context.runOnContext(ignored -> {
            current = change.apply(current);
            vertx.eventBus().publish(ANNOUNCE_ADDRESS, current.toJson());
            made.complete();
        });
        return made.future();
    }
}
