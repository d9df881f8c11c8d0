package io.ratemesh.balancer.upstream.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.vertx.LoopContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/2 to an upstream, and its streams. One event loop owns it. */
@SuppressWarnings("FutureReturnValueIgnored") // A close does not fail.
final class Http2Session extends ChannelInboundHandlerAdapter {

    /** Of one connection, also where the upstream allows more. */
    private static final int MAX_STREAMS = 128;

    /** Bytes that the upstream may send on a stream before they are read. */
    private static final int STREAM_WINDOW = 64 * 1024;

    /** The same for the connection: stalled streams never use it up, so they do not stall the others. */
    private static final int CONNECTION_WINDOW = MAX_STREAMS * STREAM_WINDOW;

    private static final int MAX_FIELD_LIST_BYTES = 64 * 1024;

    @ChannelHandler.Sharable
    private static final class NoPush extends ChannelInboundHandlerAdapter {}

    private static final NoPush NO_PUSH = new NoPush();

    private final Http2Sessions owner;
    private final LoopContext context;
    private final Channel channel;
    private final InetAddress address;
    private final boolean tls;
    private final Http2FrameCodec codec;
    private final Promise<Http2Session> ready = Promise.promise();
    private final Set<Http2Stream> streams = new LinkedHashSet<>();
    private @Nullable Throwable failure;
    private boolean retired;
    private boolean responded;
    private int idleSinceSweep;

    private Http2Session(Http2Sessions owner, LoopContext context, Channel channel, InetAddress address, boolean tls) {
        this.owner = owner;
        this.context = context;
        this.channel = channel;
        this.address = address;
        this.tls = tls;
        this.codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(new Http2Settings()
                        .pushEnabled(false)
                        .initialWindowSize(STREAM_WINDOW)
                        .maxHeaderListSize(MAX_FIELD_LIST_BYTES))
                .build();
    }

    /**
     * Starts HTTP/2 on a connection; completes once the upstream has sent its settings.
     *
     * @param tls whether the connection has TLS
     * @param timeout the longest time until then
     */
    static Future<Http2Session> start(
            Http2Sessions owner,
            LoopContext context,
            Channel channel,
            InetAddress address,
            boolean tls,
            Duration timeout) {
        Http2Session session = new Http2Session(owner, context, channel, address, tls);
        channel.pipeline().addLast(session.codec, new Http2MultiplexHandler(NO_PUSH), session);
        session.widenWindow();
        ScheduledFuture<?> timer =
                channel.eventLoop().schedule(session::timedOut, Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
        return session.ready.future().onComplete(ignored -> timer.cancel(false));
    }

    private void widenWindow() {
        Http2Connection connection = codec.connection();
        try {
            int more =
                    CONNECTION_WINDOW - connection.local().flowController().windowSize(connection.connectionStream());
            connection.local().flowController().incrementWindowSize(connection.connectionStream(), more);
        } catch (Http2Exception e) {
            throw new IllegalStateException("a window of " + CONNECTION_WINDOW + " is valid", e);
        }
        channel.flush();
    }

    private void timedOut() {
        if (ready.tryFail(new ConnectTimeoutException("no settings of HTTP/2 in time"))) {
            channel.close();
        }
    }

    InetAddress address() {
        return address;
    }

    boolean isTls() {
        return tls;
    }

    /** Whether one more request may be sent on it. */
    boolean hasCapacity() {
        return !retired
                && channel.isActive()
                && streams.size() < MAX_STREAMS
                && streams.size() < codec.connection().local().maxActiveStreams()
                && codec.connection().local().canOpenStream();
    }

    /** Whether the upstream has not closed it, even where no event has reported that yet; only asked while no request is under way. */
    boolean isEstablished(ConnectionResets resets) {
        return !streams.isEmpty() || resets.isEstablished(channel);
    }

    int pending() {
        return streams.size();
    }

    /** Opens a stream. */
    Http2Stream open() {
        Http2Stream stream = new Http2Stream(this, context, responded && streams.isEmpty());
        streams.add(stream);
        // On the event loop this is complete at once.
        new Http2StreamChannelBootstrap(channel).handler(stream).open();
        return stream;
    }

    void responded() {
        responded = true;
    }

    void ended(Http2Stream stream) {
        streams.remove(stream);
        idleSinceSweep = owner.sweeps();
        closeIfRetired();
    }

    /** No more requests are sent on it; those under way complete, and then it is closed. */
    void retire() {
        retired = true;
        closeIfRetired();
    }

    private void closeIfRetired() {
        if (retired && streams.isEmpty()) {
            channel.close();
        }
    }

    /**
     * Closes it if it was idle too long, and streams that stall.
     *
     * @param maxIdle sweeps that may find it idle
     * @param maxQuiet sweeps that may find no byte of a response that has started
     */
    void sweep(int maxIdle, int maxQuiet) {
        if (streams.isEmpty() && owner.sweeps() - idleSinceSweep > maxIdle) {
            retire();
        }
        List.copyOf(streams).forEach(stream -> stream.sweep(maxQuiet));
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        if (message instanceof Http2SettingsFrame) {
            ready.tryComplete(this);
        } else if (message instanceof Http2GoAwayFrame) {
            retire();
        }
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        failure = cause;
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        retired = true;
        owner.remove(this);
        ready.tryFail(new IOException("the server does not speak HTTP/2"
                + (failure == null || failure.getMessage() == null ? "" : ": " + failure.getMessage())));
    }
}
