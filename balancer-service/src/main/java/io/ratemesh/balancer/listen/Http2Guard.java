package io.ratemesh.balancer.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Guards the connections of HTTP/2 of one event loop: heads are judged before anything is made of them, and clients that take
 * too long are ended by one timer for all.
 */
final class Http2Guard {

    /** How often {@link #sweep} has to be called. Clients may take that much longer than their limit. */
    static final long SWEEP_MILLIS = 1000;

    private final LimitSettings limits;
    private final IntConsumer refused;
    private final LongSupplier nanoTime;
    private final List<GuardedStreams> connections = new ArrayList<>();
    private long now;

    /**
     * For the current event loop.
     *
     * @param refused told the status of each refusal
     */
    Http2Guard(Vertx vertx, LimitSettings limits, IntConsumer refused) {
        this(limits, refused, System::nanoTime);
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    /** With a clock of its own and without a timer. */
    Http2Guard(LimitSettings limits, IntConsumer refused, LongSupplier nanoTime) {
        this.limits = limits;
        this.refused = refused;
        this.nanoTime = nanoTime;
        this.now = nanoTime.getAsLong();
    }

    /** Guards a connection that is new. One of HTTP/1 has a guard of its own, and gets none. */
    void guard(HttpConnection connection) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        if (handler == null) {
            return;
        }
        ChannelHandlerContext context = pipeline.context(handler);
        StreamOrder order = new StreamOrder();
        pipeline.addBefore(context.name(), "lateFrames", new LateFrames(handler, context, order));
        GuardedStreams streams = new GuardedStreams(this, connection, handler, context, order);
        handler.decoder().frameListener(streams);
        streams.place = connections.size();
        connections.add(streams);
        pipeline.channel().closeFuture().addListener(ignored -> remove(streams));
    }

    /** Ends what takes too long. */
    void sweep() {
        now = nanoTime.getAsLong();
        // Backwards, for one that is closed leaves the list at once and the last takes its place.
        for (int i = connections.size() - 1; i >= 0; i--) {
            connections.get(i).sweep(now);
        }
    }

    private void remove(GuardedStreams streams) {
        GuardedStreams last = connections.remove(connections.size() - 1);
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

    void refused(int status) {
        refused.accept(status);
    }
}
