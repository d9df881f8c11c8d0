package io.ratemesh.balancer.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RequestTrailers;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One connection of HTTP/2: sees each frame before the server does. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class StreamGuard extends Http2FrameListenerDecorator implements RequestTrailers {

    /** Of all requests without one. */
    private static final Body NO_BODY = new Body(0);

    private static final int BAD_REQUEST = 400;
    private static final int FIELDS_TOO_LARGE = 431;

    /** Where the list of the loop has it. */
    int place;

    private final Http2Guard guard;
    private final HttpConnection connection;
    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext context;
    private final Http2Connection.PropertyKey bodyKey;
    private final Http2Connection.PropertyKey trailersKey;
    private final StreamHistory order;
    private final Http2HeadCheck headCheck = new Http2HeadCheck();
    private boolean begun;
    private boolean serving;
    private long since;

    StreamGuard(
            Http2Guard guard,
            HttpConnection connection,
            Http2ConnectionHandler handler,
            ChannelHandlerContext context,
            StreamHistory order) {
        super(handler.decoder().frameListener());
        this.guard = guard;
        this.connection = connection;
        this.handler = handler;
        this.context = context;
        this.order = order;
        this.bodyKey = handler.connection().newKey();
        this.trailersKey = handler.connection().newKey();
        this.since = guard.now();
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers head, int padding, boolean endOfStream)
            throws Http2Exception {
        if (good(streamId, head, endOfStream)) {
            serving = true;
            try {
                super.onHeadersRead(ctx, streamId, head, padding, endOfStream);
            } finally {
                serving = false;
            }
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers head,
            int streamDependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        if (good(streamId, head, endOfStream)) {
            serving = true;
            try {
                super.onHeadersRead(ctx, streamId, head, streamDependency, weight, exclusive, padding, endOfStream);
            } finally {
                serving = false;
            }
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream)
            throws Http2Exception {
        ended(streamId, endOfStream);
        Http2Stream stream = handler.connection().stream(streamId);
        if (stream != null && stream.getProperty(bodyKey) instanceof Body body && data.isReadable()) {
            body.since = guard.now();
        }
        serving = true;
        try {
            return super.onDataRead(ctx, streamId, data, padding, endOfStream);
        } finally {
            serving = false;
        }
    }

    /** Whether the server has a frame in hand: a stream that it resets meanwhile is not reset for the frame's coming too late. */
    boolean serving() {
        return serving;
    }

    /**
     * A stream is reset. One that the server never saw is over with that, and its number is used up (RFC 9113 §5.1.1) also where the
     * codec could not make a stream of its head: what still comes on it concerns no other.
     */
    void resets(int streamId, long code) {
        Http2Connection all = handler.connection();
        Http2Stream stream = all.stream(streamId);
        boolean unknown =
                stream == null && all.remote().isValidStreamId(streamId) && !all.streamMayHaveExisted(streamId);
        if (!unknown && (stream == null || stream.getProperty(bodyKey) != null)) {
            return;
        }
        order.opens(streamId);
        if (code == Http2Error.PROTOCOL_ERROR.code()) {
            boolean tooLarge = stream != null && stream.isHeadersSent();
            guard.refused(connection, tooLarge ? FIELDS_TOO_LARGE : BAD_REQUEST);
        }
        try {
            (stream == null ? all.remote().createStream(streamId, true) : stream).close();
        } catch (Http2Exception e) {
            // One more than there may be: its number is not used up, and the client was told of the limit.
        }
    }

    private boolean good(int streamId, Http2Headers head, boolean endOfStream) throws Http2Exception {
        Http2Stream stream = handler.connection().stream(streamId);
        if (stream == null || stream.getProperty(bodyKey) != null) {
            if (stream != null) {
                keepTrailers(stream, head);
            }
            ended(streamId, endOfStream);
            return true;
        }
        begun = true;
        order.opens(streamId);
        // Whoever never acknowledges our settings is not held to them by the decoder.
        if (handler.connection().remote().numActiveStreams() > guard.limits().streams()) {
            throw Http2Exception.streamError(streamId, Http2Error.REFUSED_STREAM, "too many requests at once");
        }
        RefusalReason reason = headCheck.check(head);
        if (reason == null) {
            Http2Fields.asHttp1(head, endOfStream);
            stream.setProperty(bodyKey, endOfStream ? NO_BODY : new Body(guard.now()));
            ended(streamId, endOfStream);
            return true;
        }
        if (reason.status() == BAD_REQUEST) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "malformed request");
        }
        guard.refused(connection, reason.status());
        answer(streamId, reason.status(), endOfStream);
        return false;
    }

    private void keepTrailers(Http2Stream stream, Http2Headers fields) throws Http2Exception {
        if (Http2HeadCheck.checkTrailers(fields) != null) {
            guard.refused(connection, BAD_REQUEST);
            throw Http2Exception.streamError(stream.id(), Http2Error.PROTOCOL_ERROR, "malformed trailers");
        }
        stream.setProperty(trailersKey, Http2Fields.trailers(fields));
        context.channel().attr(RequestTrailers.KEY).set(this);
    }

    @Override
    @SuppressWarnings("unchecked") // Nothing else is kept under this key.
    public List<Map.Entry<String, String>> trailers(int streamId) {
        Http2Stream stream = handler.connection().stream(streamId);
        List<Map.Entry<String, String>> kept = stream == null ? null : stream.getProperty(trailersKey);
        return kept == null ? List.of() : kept;
    }

    private void ended(int streamId, boolean endOfStream) {
        if (endOfStream) {
            order.ends(streamId);
        }
    }

    private void answer(int streamId, int status, boolean endOfStream) {
        Http2Headers head = new DefaultHttp2Headers()
                .status(String.valueOf(status))
                .set("content-length", "0")
                .set("cache-control", "no-store");
        handler.encoder().writeHeaders(context, streamId, head, 0, true, context.newPromise());
        if (!endOfStream) {
            handler.resetStream(context, streamId, Http2Error.NO_ERROR.code(), context.newPromise());
        }
    }

    /** Tells the client how many streams it may have open (RFC 9113 §6.5.2); what is open stays. */
    void tellStreams() {
        connection.updateSettings(
                connection.settings().setMaxConcurrentStreams(guard.limits().streams()));
    }

    void sweep(long now) {
        if (handler.connection().numActiveStreams() > 0) {
            since = now;
            endStalledBodies(now);
        } else if (over(begun ? guard.limits().keepAlive() : guard.limits().headTime(), since, now)) {
            connection.close();
        }
    }

    private void endStalledBodies(long now) {
        try {
            handler.connection().forEachActiveStream(stream -> {
                if (stream.getProperty(bodyKey) instanceof Body body
                        && stream.state().remoteSideOpen()) {
                    if (handler.connection().local().flowController().unconsumedBytes(stream) > 0) {
                        // It is this side that does not read.
                        body.since = now;
                    } else if (over(guard.limits().bodyTime(), body.since, now)) {
                        handler.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
                        context.flush();
                    }
                }
                return true;
            });
        } catch (Http2Exception e) {
            connection.close();
        }
    }

    /** The time stamp may be up to a sweep too old, so a sweep is given on top. */
    private static boolean over(Duration limit, long since, long now) {
        return now - since > limit.toNanos() + Http2Guard.SWEEP_MILLIS * 1_000_000;
    }

    /** A request's body that is on its way. */
    private static final class Body {

        private long since;

        Body(long since) {
            this.since = since;
        }
    }
}
