package io.ratemesh.balancer.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.ratemesh.balancer.http.RefusalListener;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Guards the connections of HTTP/2 of one event loop: heads are judged before anything is made of them, and clients that take
 * too long are ended by one timer for all.
 */
public final class Http2Guard {

    /** How often {@link #sweep} has to be called. Clients may take that much longer than their limit. */
    static final long SWEEP_MILLIS = 1000;

    /** Streams that the server itself tells clients they may open. */
    private final int openedFor;

    private final RefusalListener refusals;
    private final LongSupplier nanoTime;
    private final List<StreamGuard> connections = new ArrayList<>();
    private LimitSettings limits;
    private long now;

    /**
     * For the current event loop.
     *
     * @param refusals hears of each
     */
    public Http2Guard(Vertx vertx, LimitSettings limits, RefusalListener refusals) {
        this(limits, refusals, System::nanoTime);
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    /** With a clock of its own and without a timer. */
    public Http2Guard(LimitSettings limits, RefusalListener refusals, LongSupplier nanoTime) {
        this.limits = limits;
        this.openedFor = limits.streams();
        this.refusals = refusals;
        this.nanoTime = nanoTime;
        this.now = nanoTime.getAsLong();
    }

    /** Guards a connection that is new. One of HTTP/1 has a guard of its own, and gets none. */
    public void guard(HttpConnection connection) {
        ChannelPipeline pipeline = VertxConnections.channel(connection).pipeline();
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        if (handler == null) {
            return;
        }
        ChannelHandlerContext context = pipeline.context(handler);
        StreamHistory order = new StreamHistory();
        StreamGuard streams = new StreamGuard(this, connection, handler, context, order);
        pipeline.addBefore(context.name(), "lateFrames", new LateFrames(handler, context, order, streams));
        handler.decoder().frameListener(streams);
        if (limits.streams() != openedFor) {
            streams.tellStreams();
        }
        streams.place = connections.size();
        connections.add(streams);
        pipeline.channel().closeFuture().addListener(ignored -> remove(streams));
    }

    /** Holds clients to other limits from now on, also those that are here: they are told how many streams they may open. */
    public void use(LimitSettings other) {
        boolean streamsDiffer = other.streams() != limits.streams();
        limits = other;
        if (streamsDiffer) {
            connections.forEach(StreamGuard::tellStreams);
        }
    }

    /** Ends what takes too long. */
    void sweep() {
        now = nanoTime.getAsLong();
        // Backwards, for one that is closed leaves the list at once and the last takes its place.
        for (int i = connections.size() - 1; i >= 0; i--) {
            connections.get(i).sweep(now);
        }
    }

    private void remove(StreamGuard streams) {
        StreamGuard last = connections.remove(connections.size() - 1);
        if (last != streams) {
            last.place = streams.place;
            connections.set(streams.place, last);
        }
    }

    /** When the last sweep was, in nanoseconds: the time, as exactly as it is needed here. */
    long now() {
        return now;
    }

    LimitSettings limits() {
        return limits;
    }

    void refused(HttpConnection connection, int status) {
        refusals.refused(connection.remoteAddress(), status, 0);
    }
}
