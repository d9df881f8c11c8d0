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
 * Guards the HTTP/2 connections of one event loop: it adds a {@link StreamGuard} to each, and ends those whose clients are too slow, with
 * one timer for all.
 */
public final class Http2Guard {

    /** The time between calls of {@link #sweep}. Clients can exceed their limits by as much. */
    static final long SWEEP_MILLIS = 1000;

    /** The limit of open streams that the server itself sends to clients. */
    private final int serverLimit;

    private final boolean webSockets;
    private final RefusalListener listener;
    private final LongSupplier nanoTime;
    private final List<StreamGuard> connections = new ArrayList<>();
    private LimitSettings limits;
    private long now;
    private boolean draining;

    /**
     * For the current event loop.
     *
     * @param webSockets whether streams may become WebSockets (RFC 8441)
     * @param listener gets each rejection
     */
    public Http2Guard(Vertx vertx, LimitSettings limits, boolean webSockets, RefusalListener listener) {
        this(limits, webSockets, listener, System::nanoTime);
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    /** With a clock of its own and without a timer. */
    Http2Guard(LimitSettings limits, boolean webSockets, RefusalListener listener, LongSupplier nanoTime) {
        this.limits = limits;
        this.webSockets = webSockets;
        this.serverLimit = limits.streams();
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.now = nanoTime.getAsLong();
    }

    /** Guards a new connection. One of HTTP/1 has another guard. */
    public void guard(HttpConnection connection) {
        ChannelPipeline pipeline = VertxConnections.channel(connection).pipeline();
        Http2ConnectionHandler handler = pipeline.get(Http2ConnectionHandler.class);
        if (handler == null) {
            return;
        }
        ChannelHandlerContext context = pipeline.context(handler);
        StreamHistory history = new StreamHistory();
        StreamGuard streams = new StreamGuard(this, connection, handler, context, history);
        pipeline.addBefore(context.name(), "lateFrames", new LateFrames(handler, context, history, streams));
        handler.decoder().frameListener(streams);
        if (limits.streams() != serverLimit) {
            streams.sendStreamLimit();
        }
        streams.place = connections.size();
        connections.add(streams);
        pipeline.channel().closeFuture().addListener(ignored -> remove(streams));
    }

    /** Ends open connections after the requests under way, and each later one after its first. */
    public void drain() {
        draining = true;
        // A connection that breaks leaves the list at once.
        List.copyOf(connections).forEach(StreamGuard::drain);
    }

    boolean isDraining() {
        return draining;
    }

    /** Replaces the limits, also of open connections. */
    public void use(LimitSettings other) {
        boolean streamsDiffer = other.streams() != limits.streams();
        limits = other;
        if (streamsDiffer) {
            connections.forEach(StreamGuard::sendStreamLimit);
        }
    }

    /** Ends what takes too long. */
    void sweep() {
        now = nanoTime.getAsLong();
        // From the end on: a connection that is closed leaves the list at once, and the last one takes its place.
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

    /** The time of the last sweep, in nanoseconds: exact enough for time limits. */
    long now() {
        return now;
    }

    boolean allowsWebSockets() {
        return webSockets;
    }

    LimitSettings limits() {
        return limits;
    }

    /** A head was rejected. */
    void rejected(HttpConnection connection, int status) {
        listener.rejected(connection.remoteAddress(), status, 0);
    }

    /** A body or its trailers were rejected, whose head the server has seen. */
    void bodyRejected(HttpConnection connection, int status) {
        listener.bodyRejected(connection.remoteAddress(), status);
    }
}
