package io.ratemesh.balancer.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RequestTrailers;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guards the streams of one HTTP/2 connection. It gets each frame before the server does, rejects invalid heads and trailers, and resets
 * streams whose bodies stop arriving.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class StreamGuard extends Http2FrameListenerDecorator implements RequestTrailers, EarlyClose.Streams {

    private static final int BAD_REQUEST = 400;
    private static final int FIELDS_TOO_LARGE = 431;

    /** Enough for GOAWAY to arrive, and for what the client sent before that. */
    private static final Duration GOAWAY_TIME = Duration.ofMillis(500);

    /** The body of all requests that have none. */
    private static final Body NO_BODY = new Body(0, false);

    /** How far the end of a connection has come. */
    private enum End {
        NONE,
        ANNOUNCED,
        CLOSING
    }

    /** The index of this connection in the list of its event loop. */
    int place;

    private final Http2Guard loop;
    private final HttpConnection connection;
    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext context;
    private final StreamHistory history;
    private final Http2HeadCheck headCheck;
    private final Http2Connection.PropertyKey bodyKey;
    private final Http2Connection.PropertyKey trailersKey;
    private final Map<Integer, EarlyClose> earlyCloses = new HashMap<>();
    private boolean hadRequest;
    private boolean serving;
    private End end = End.NONE;
    private long endSince;
    private long idleSince;

    StreamGuard(
            Http2Guard loop,
            HttpConnection connection,
            Http2ConnectionHandler handler,
            ChannelHandlerContext context,
            StreamHistory history) {
        super(handler.decoder().frameListener());
        this.loop = loop;
        this.headCheck = new Http2HeadCheck(loop.allowsWebSockets());
        this.connection = connection;
        this.handler = handler;
        this.context = context;
        this.history = history;
        this.bodyKey = handler.connection().newKey();
        this.trailersKey = handler.connection().newKey();
        this.idleSince = loop.now();
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers head, int padding, boolean endOfStream)
            throws Http2Exception {
        if (accepts(streamId, head, endOfStream)) {
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
        if (accepts(streamId, head, endOfStream)) {
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
        recordEnd(streamId, endOfStream);
        Http2Stream stream = handler.connection().stream(streamId);
        if (stream != null && stream.getProperty(bodyKey) instanceof Body body && data.isReadable()) {
            body.since = loop.now();
        }
        serving = true;
        try {
            return super.onDataRead(ctx, streamId, data, padding, endOfStream);
        } finally {
            serving = false;
        }
    }

    /** Whether the server is processing a frame: a reset meanwhile is the server's, and not for a frame that is late. */
    boolean isServing() {
        return serving;
    }

    /**
     * This side resets a stream. One that the server has not seen is closed, and its number is used up (RFC 9113 §5.1.1) even if the
     * codec made no stream of its head: later frames of it must not be taken for those of another.
     */
    void streamReset(int streamId, long code) {
        Http2Connection all = handler.connection();
        Http2Stream stream = all.stream(streamId);
        boolean isNew = stream == null && all.remote().isValidStreamId(streamId) && !all.streamMayHaveExisted(streamId);
        if (!isNew && (stream == null || stream.getProperty(bodyKey) != null)) {
            return;
        }
        history.opened(streamId);
        if (code == Http2Error.PROTOCOL_ERROR.code()) {
            boolean tooLarge = stream != null && stream.isHeadersSent();
            loop.rejected(connection, tooLarge ? FIELDS_TOO_LARGE : BAD_REQUEST);
        }
        try {
            (stream == null ? all.remote().createStream(streamId, true) : stream).close();
        } catch (Http2Exception e) {
            // One more than is allowed: its number is not used up, and the client knows the limit.
        }
    }

    /** Checks a head or trailers; false for a head that has been rejected with a response. */
    private boolean accepts(int streamId, Http2Headers fields, boolean endOfStream) throws Http2Exception {
        Http2Stream stream = handler.connection().stream(streamId);
        if (stream != null && stream.getProperty(bodyKey) == null) {
            return acceptsHead(stream, fields, endOfStream);
        }
        if (stream != null) {
            keepTrailers(stream, fields);
        }
        recordEnd(streamId, endOfStream);
        return true;
    }

    private boolean acceptsHead(Http2Stream stream, Http2Headers head, boolean endOfStream) throws Http2Exception {
        hadRequest = true;
        if (loop.isDraining()) {
            drain();
        }
        history.opened(stream.id());
        // The codec does not enforce the limit for a client that never acknowledges the settings.
        if (handler.connection().remote().numActiveStreams() > loop.limits().streams()) {
            throw Http2Exception.streamError(stream.id(), Http2Error.REFUSED_STREAM, "too many requests at once");
        }
        RefusalReason reason = headCheck.check(head);
        if (reason == null && headCheck.isWebSocket()) {
            Http2Fields.asUpgrade(head);
            stream.setProperty(bodyKey, new Body(loop.now(), true));
            recordEnd(stream.id(), endOfStream);
            return true;
        }
        if (reason == null) {
            Http2Fields.asHttp1(head, endOfStream);
            stream.setProperty(bodyKey, endOfStream ? NO_BODY : new Body(loop.now(), false));
            recordEnd(stream.id(), endOfStream);
            return true;
        }
        if (reason.status() == BAD_REQUEST) {
            throw Http2Exception.streamError(stream.id(), Http2Error.PROTOCOL_ERROR, "malformed request");
        }
        loop.rejected(connection, reason.status());
        respond(stream.id(), reason.status(), endOfStream);
        return false;
    }

    private void keepTrailers(Http2Stream stream, Http2Headers fields) throws Http2Exception {
        if (Http2HeadCheck.checkTrailers(fields) != null) {
            recordEarlyClose(stream.id(), EarlyClose.rejected(BAD_REQUEST));
            loop.bodyRejected(connection, BAD_REQUEST);
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

    private void recordEnd(int streamId, boolean endOfStream) {
        if (endOfStream) {
            history.ended(streamId);
        }
    }

    /** Has to be called before the stream is reset: the request ends with the reset. */
    private void recordEarlyClose(int streamId, EarlyClose reason) {
        if (context.channel().attr(EarlyClose.Streams.KEY).getAndSet(this) == null) {
            handler.connection().addListener(new Http2ConnectionAdapter() {
                @Override
                public void onStreamRemoved(Http2Stream stream) {
                    earlyCloses.remove(stream.id());
                }
            });
        }
        earlyCloses.put(streamId, reason);
    }

    @Override
    public @Nullable EarlyClose of(int streamId) {
        return earlyCloses.get(streamId);
    }

    private void respond(int streamId, int status, boolean endOfStream) {
        Http2Headers head = new DefaultHttp2Headers()
                .status(String.valueOf(status))
                .set("content-length", "0")
                .set("cache-control", "no-store");
        handler.encoder().writeHeaders(context, streamId, head, 0, true, context.newPromise());
        if (!endOfStream) {
            handler.resetStream(context, streamId, Http2Error.NO_ERROR.code(), context.newPromise());
        }
    }

    /** Sends the client the number of streams it may have open (RFC 9113 §6.5.2). Streams that are open stay. */
    void sendStreamLimit() {
        connection.updateSettings(
                connection.settings().setMaxConcurrentStreams(loop.limits().streams()));
    }

    /**
     * Announces the end of the connection, unless it is new: its first request would have to go to yet another one. GOAWAY leaves out
     * no stream, since the client may have begun some before it reads it (RFC 9113 §6.8); the connection is closed later.
     */
    void drain() {
        if (hadRequest && end == End.NONE) {
            end = End.ANNOUNCED;
            endSince = loop.now();
            connection.goAway(Http2Error.NO_ERROR.code(), Integer.MAX_VALUE);
        }
    }

    /** Resets streams whose bodies stopped arriving, and closes the connection if it is idle for too long. */
    void sweep(long now) {
        if (end == End.ANNOUNCED && isOver(GOAWAY_TIME, endSince, now)) {
            end = End.CLOSING;
            // Once no stream is open.
            connection.shutdown();
        }
        if (handler.connection().numActiveStreams() > 0) {
            idleSince = now;
            resetStalledStreams(now);
        } else if (isOver(hadRequest ? loop.limits().keepAlive() : loop.limits().headTime(), idleSince, now)) {
            connection.close();
        }
    }

    private void resetStalledStreams(long now) {
        try {
            handler.connection().forEachActiveStream(stream -> {
                if (stream.getProperty(bodyKey) instanceof Body body
                        && stream.state().remoteSideOpen()
                        && !(body.mayPause && stream.state().localSideOpen())) {
                    resetIfStalled(stream, body, now);
                }
                return true;
            });
        } catch (Http2Exception e) {
            connection.close();
        }
    }

    private void resetIfStalled(Http2Stream stream, Body body, long now) throws Http2Exception {
        if (handler.connection().local().flowController().unconsumedBytes(stream) > 0) {
            // This side does not read.
            body.since = now;
        } else if (isOver(loop.limits().bodyTime(), body.since, now)) {
            recordEarlyClose(stream.id(), EarlyClose.CLIENT_TIMEOUT);
            // The server does not end a request for a reset that it has not sent itself.
            onRstStreamRead(context, stream.id(), Http2Error.CANCEL.code());
            handler.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
            context.flush();
        }
    }

    /** The time may be up to a sweep old, so a sweep is added to the limit. */
    private static boolean isOver(Duration limit, long since, long now) {
        return now - since > limit.toNanos() + Http2Guard.SWEEP_MILLIS * 1_000_000;
    }

    /** The body of a request, and when the last bytes of it arrived. */
    private static final class Body {

        /** Whether it is that of a WebSocket, which is silent as long as it likes; not so once this side has ended. */
        private final boolean mayPause;

        private long since;

        Body(long since, boolean mayPause) {
            this.since = since;
            this.mayPause = mayPause;
        }
    }
}
