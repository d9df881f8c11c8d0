package io.ratemesh.balancer.http1;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.stream.ChunkedInput;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.http.RefusalListener;
import io.ratemesh.balancer.http.RequestGrammar;
import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.vertx.ServerPipeline;
import io.ratemesh.balancer.vertx.UnvalidatedRequestDecoder;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Puts a guard on each connection of one event loop, before the decoder of HTTP/1 reads a byte, and looks every half
 * second after those whose clients are too slow: one timer for all, no clock read on the way of a request.
 */
public final class RequestGuard {

    /** How often {@link #sweep} has to be called. Clients may take that much longer than their limit, where few are overdue. */
    static final long SWEEP_MILLIS = 500;

    /** Beyond the guard's own limits, so that only the guard rejects. Fields and trailers count together here. */
    static final HttpServerOptions DECODER_LIMITS = new HttpServerOptions()
            .setMaxInitialLineLength(RequestGrammar.MAX_TARGET + 1024)
            .setMaxHeaderSize(2 * RequestGrammar.MAX_FIELD_BYTES + 1024);

    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL_STATUS = 200;

    /** Connections that one turn of the loop ends: a thousand that are overdue together must not keep all others waiting. */
    private static final int MOST_ENDED = 4;

    private static final long UNTIL_NEXT_TURN_MILLIS = 1;

    private final RefusalListener refusals;
    private final LongSupplier nanoTime;
    private final Consumer<Runnable> nextTurn;
    private final List<RequestFramer> wires = new ArrayList<>();
    private final ByteWindow window = new ByteWindow();
    private final ConnectionResets resets = new ConnectionResets();
    private final StreamTimeouts silentStreams;
    private Timeouts patience;
    private long now;
    private boolean sweeping;

    /**
     * For the current event loop.
     *
     * @param refusals hears of each
     */
    public RequestGuard(Vertx vertx, Timeouts patience, RefusalListener refusals) {
        // A task that is due at once would come before what has been read meanwhile.
        this(patience, refusals, System::nanoTime, rest -> vertx.setTimer(UNTIL_NEXT_TURN_MILLIS, due -> rest.run()));
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    /** With a clock of its own and without a timer. */
    RequestGuard(Timeouts patience, RefusalListener refusals, LongSupplier nanoTime, Consumer<Runnable> nextTurn) {
        this.nextTurn = nextTurn;
        this.patience = patience;
        this.refusals = refusals;
        this.nanoTime = nanoTime;
        this.now = nanoTime.getAsLong();
        this.silentStreams = new StreamTimeouts(patience.silence());
    }

    /** Gives clients other times from now on, also those that are here. */
    public void use(Timeouts other) {
        patience = other;
        silentStreams.use(other.silence());
    }

    /** Guards a connection that is new. One of HTTP/2 has a framing that needs no guard: it gets a timer only. */
    public void guard(HttpConnection connection) {
        ChannelPipeline pipeline = VertxConnections.channel(connection).pipeline();
        if (ServerPipeline.isHttp1(pipeline)) {
            RequestFramer wire = new RequestFramer(this);
            ServerPipeline.guard(pipeline, wire, new UnvalidatedRequestDecoder(DECODER_LIMITS), new Answers(wire));
        } else {
            silentStreams.add(pipeline);
        }
    }

    /** Ends what takes too long, in as many turns of the loop as that takes. */
    void sweep() {
        if (!sweeping) {
            sweeping = true;
            now = nanoTime.getAsLong();
            silentStreams.sweep(resets);
            sweepBelow(wires.size());
        }
    }

    /** Backwards, for one that is closed leaves the list at once and the last takes its place. */
    private void sweepBelow(int end) {
        int ended = 0;
        int place = Math.min(end, wires.size());
        while (place > 0 && ended < MOST_ENDED) {
            place--;
            if (wires.get(place).sweep(now)) {
                ended++;
            }
        }
        int rest = place;
        if (rest > 0) {
            nextTurn.accept(() -> sweepBelow(rest));
        } else {
            sweeping = false;
        }
    }

    /** When the last sweep was, in nanoseconds: the time, as exactly as it is needed here. */
    long now() {
        return now;
    }

    Timeouts patience() {
        return patience;
    }

    ByteWindow window() {
        return window;
    }

    ConnectionResets resets() {
        return resets;
    }

    /** Tells apart what is first to go out on a channel and how much of it is out; 0 where nothing is to go out. */
    static long outbound(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Object first = buffer == null ? null : buffer.current();
        // An object may be used again and then look like the one before, but not at every sweep.
        return first == null
                ? 0
                : 1 + (((long) System.identityHashCode(first) << Integer.SIZE) ^ buffer.currentProgress());
    }

    /** The time exactly: not for the way of each request. */
    long clock() {
        return nanoTime.getAsLong();
    }

    void refused(Channel channel, int status, long millis) {
        refusals.refused(ServerPipeline.client(channel), status, millis);
    }

    void refusedMidway(Channel channel, int status) {
        EarlyClose.requestRejected(channel, status);
        refusals.refusedMidway(ServerPipeline.client(channel), status);
    }

    void add(RequestFramer wire) {
        wire.place = wires.size();
        wires.add(wire);
    }

    void remove(RequestFramer wire) {
        RequestFramer last = wires.remove(wires.size() - 1);
        if (last != wire) {
            last.place = wire.place;
            wires.set(wire.place, last);
        }
    }

    /** Sees answers as objects, before they are encoded, and tells the wire where each begins and ends. */
    private static final class Answers extends ChannelOutboundHandlerAdapter {

        private final RequestFramer wire;

        Answers(RequestFramer wire) {
            this.wire = wire;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The promise tells who asked.
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (wire.takenOver()) {
                ReferenceCountUtil.release(message);
                promise.tryFailure(new ClosedChannelException());
                return;
            }
            boolean ended = VertxMessages.endsResponse(message);
            if (!wire.answerBegun() && message instanceof HttpResponse head) {
                begins(head);
            } else if (message instanceof ChunkedInput) {
                ServerPipeline.sendFiles(ctx);
            }
            ctx.write(message, promise);
            if (ended) {
                wire.answerEnded();
            }
        }

        /** What the server closes after its last answer, the guard closes by itself, once that answer is out. */
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The promise tells who asked.
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            if (wire.takenOver()) {
                ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
            } else {
                EarlyClose.byProxy(ctx.channel());
                ctx.close(promise);
            }
        }

        private void begins(HttpResponse head) {
            int status = head.status().code();
            if (status >= FIRST_FINAL_STATUS) {
                wire.answerBegins(head.protocolVersion().minorVersion() == 0);
                if (wire.answersLast()) {
                    head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                }
            } else if (status == SWITCHING_PROTOCOLS) {
                wire.becomesOpaque();
            } else if (status == CONTINUE) {
                wire.continues();
            }
        }
    }
}
