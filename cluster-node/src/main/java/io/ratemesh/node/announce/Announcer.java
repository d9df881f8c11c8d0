package io.ratemesh.node.announce;

import io.ratemesh.node.NodeState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * Announces this node every second and on every change. A new node requests the announcements of all nodes.
 *
 * <p>Thread-safe: changes are made and sent on one event loop, so announcements are in the order of the changes.
 */
public final class Announcer {

    /** The event-bus address of announcements. */
    public static final String ANNOUNCE_ADDRESS = "node.announce";

    /** The event-bus address on which a new node requests announcements. */
    public static final String ROLL_CALL_ADDRESS = "node.roll-call";

    private static final long PERIOD_MILLIS = 1000;

    private final Vertx vertx;
    private final Context context;
    private final LoadMeter meter = new LoadMeter();
    private volatile IntSupplier inFlight = () -> 0;
    private volatile IntSupplier streams = () -> 0;
    private volatile IntSupplier converterRequests = () -> 0;
    private volatile Announcement current;

    /**
     * Starts to announce this node, and requests the announcements of the others.
     *
     * @param first the initial announcement
     */
    public Announcer(Vertx vertx, Announcement first) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.current = first;
        vertx.eventBus().consumer(ROLL_CALL_ADDRESS, ignored -> change(now -> now));
        context.runOnContext(ignored -> vertx.setPeriodic(
                PERIOD_MILLIS,
                timer -> change(now -> now.withLoad(meter.measure(inFlight, streams, converterRequests)))));
        change(now -> now);
        vertx.eventBus().publish(ROLL_CALL_ADDRESS, null);
    }

    /** The latest announcement. */
    public Announcement current() {
        return current;
    }

    /** Sets the sources of the load: requests in flight and SSE streams, read once a second. */
    public void measureLoad(IntSupplier requestsInFlight, IntSupplier openStreams) {
        inFlight = requestsInFlight;
        streams = openStreams;
    }

    /** Sets the source of a balancer's requests for converters, streams excluded, read once a second. */
    public void measureConverterRequests(IntSupplier requests) {
        converterRequests = requests;
    }

    /** Announces the port of the node's HTTP. */
    public Future<Void> setPort(int port) {
        return change(now -> now.withPort(port));
    }

    /** Announces another state. */
    public Future<Void> setState(NodeState state) {
        return change(now -> now.withState(state));
    }

    /** Announces another book. */
    public Future<Void> setBookVersion(long version) {
        return change(now -> now.withBookVersion(version));
    }

    /** Completes when the change is made and passed to the event bus. */
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
