package io.ratemesh.balancer.http1;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.http.RefusalListener;
import io.ratemesh.balancer.http.RequestGrammar;
import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.vertx.ServerPipeline;
import io.ratemesh.balancer.vertx.UnvalidatedRequestDecoder;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Guards the client connections of one event loop: it adds a {@link ConnectionGuard} before the decoder of each one of HTTP/1, and ends
 * those whose clients are too slow. There is one timer for all; no request reads a clock.
 */
public final class RequestGuard {

    /** The time between calls of {@link #sweep}. Clients can exceed their limits by as much, or more if many are overdue at once. */
    static final long SWEEP_MILLIS = 500;

    /** Above the limits of the grammar, so that only the guard rejects. Fields and trailers count together here. */
    static final HttpServerOptions DECODER_LIMITS = new HttpServerOptions()
            .setMaxInitialLineLength(RequestGrammar.MAX_TARGET + 1024)
            .setMaxHeaderSize(2 * RequestGrammar.MAX_FIELD_BYTES + 1024);

    /** Connections that are ended in one turn of the loop: a thousand overdue ones must not delay all others. */
    private static final int ENDED_PER_TURN = 4;

    /** Turns of a sweep: in more, overdue connections could pile up faster than they are ended. */
    private static final int MAX_TURNS = 250;

    private static final long NEXT_TURN_MILLIS = 1;

    private final RefusalListener listener;
    private final LongSupplier nanoTime;
    private final Consumer<Runnable> nextTurn;
    private final List<ConnectionGuard> connections = new ArrayList<>();
    private final ByteWindow window = new ByteWindow();
    private final ConnectionResets resets = new ConnectionResets();
    private final StreamTimeouts streams;
    private Timeouts limits;
    private long now;
    private boolean sweeping;
    private boolean draining;

    /**
     * For the current event loop.
     *
     * @param listener gets each rejection
     */
    public RequestGuard(Vertx vertx, Timeouts limits, RefusalListener listener) {
        // A task that is due at once would run before what has been read meanwhile.
        this(limits, listener, System::nanoTime, rest -> vertx.setTimer(NEXT_TURN_MILLIS, due -> rest.run()));
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    /** With a clock of its own and without a timer. */
    RequestGuard(Timeouts limits, RefusalListener listener, LongSupplier nanoTime, Consumer<Runnable> nextTurn) {
        this.nextTurn = nextTurn;
        this.limits = limits;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.now = nanoTime.getAsLong();
        this.streams = new StreamTimeouts(limits.silence());
    }

    /** Replaces the time limits, also of open connections. */
    public void use(Timeouts other) {
        limits = other;
        streams.use(other.silence());
    }

    /**
     * From now on, the next response of a connection is its last. Connections that have been idle for about a second are closed: the
     * request of a busy client may be under way, and would be lost.
     */
    public void drain() {
        draining = true;
        sweep();
    }

    boolean isDraining() {
        return draining;
    }

    /** Guards a new connection. One of HTTP/2 gets a time limit only: its frames need no framer. */
    public void guard(HttpConnection connection) {
        ChannelPipeline pipeline = VertxConnections.channel(connection).pipeline();
        if (ServerPipeline.isHttp1(pipeline)) {
            ConnectionGuard guard = new ConnectionGuard(this);
            ServerPipeline.guard(
                    pipeline, guard, new UnvalidatedRequestDecoder(DECODER_LIMITS), new ResponseObserver(guard));
        } else {
            streams.add(pipeline);
        }
    }

    /** Ends what takes too long, in as many turns of the loop as that needs. */
    void sweep() {
        if (!sweeping) {
            sweeping = true;
            now = nanoTime.getAsLong();
            streams.sweep(resets);
            sweepBelow(connections.size(), Math.max(ENDED_PER_TURN, connections.size() / MAX_TURNS + 1));
        }
    }

    /** From the end on: a connection that is closed leaves the list at once, and the last one takes its place. */
    private void sweepBelow(int end, int maxEnded) {
        int ended = 0;
        int place = Math.min(end, connections.size());
        while (place > 0 && ended < maxEnded) {
            place--;
            if (connections.get(place).sweep(now)) {
                ended++;
            }
        }
        int rest = place;
        if (rest > 0) {
            nextTurn.accept(() -> sweepBelow(rest, maxEnded));
        } else {
            sweeping = false;
        }
    }

    /** The time of the last sweep, in nanoseconds: exact enough for time limits. */
    long now() {
        return now;
    }

    /** The exact time, in nanoseconds. Not for every request. */
    long clock() {
        return nanoTime.getAsLong();
    }

    Timeouts limits() {
        return limits;
    }

    ByteWindow window() {
        return window;
    }

    ConnectionResets resets() {
        return resets;
    }

    /** A value that changes when the client has read something; 0 where nothing has to be sent. */
    static long outboundProgress(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Object first = buffer == null ? null : buffer.current();
        // A pooled object can look like the one before, but not at every sweep.
        return first == null
                ? 0
                : 1 + (((long) System.identityHashCode(first) << Integer.SIZE) ^ buffer.currentProgress());
    }

    /**
     * A head was rejected.
     *
     * @param millis from its first to its last byte
     */
    void rejected(Channel channel, int status, long millis) {
        listener.rejected(ServerPipeline.client(channel), status, millis);
    }

    /**
     * A client closed its connection within a head.
     *
     * @param millis since its first byte
     */
    void headAborted(Channel channel, long millis) {
        listener.headAborted(ServerPipeline.client(channel), millis);
    }

    /** A body was rejected whose head the server has seen. */
    void bodyRejected(Channel channel, int status) {
        EarlyClose.requestRejected(channel, status);
        listener.bodyRejected(ServerPipeline.client(channel), status);
    }

    void add(ConnectionGuard guard) {
        guard.place = connections.size();
        connections.add(guard);
    }

    void remove(ConnectionGuard guard) {
        ConnectionGuard last = connections.remove(connections.size() - 1);
        if (last != guard) {
            last.place = guard.place;
            connections.set(guard.place, last);
        }
    }
}
