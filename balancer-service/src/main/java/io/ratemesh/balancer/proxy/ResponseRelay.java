package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2Error;
import io.ratemesh.balancer.compression.CodedContent;
import io.ratemesh.balancer.compression.Compression;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.upstream.connections.ResponseHead;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Relays a response as it is received, no faster than the client takes it. Nothing is buffered as a whole. */
final class ResponseRelay implements ExchangeState {

    /** The write buffer of a stream. There may be thousands of streams, and an event is hardly larger. */
    private static final int STREAM_BUFFER_BYTES = 16 * 1024;

    private static final String EVENT_STREAM = "text/event-stream";

    /** When a client of an event stream is to reconnect, in milliseconds. */
    private static final String RECONNECT = "retry: 1000\n\n";

    private static final StreamTail NO_EVENTS = new StreamTail();

    private final Exchange exchange;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final UpstreamConnection from;
    private final long length;
    private final boolean stream;
    private final boolean endsWithConnection;
    private final StreamTail tail;

    /** Null where the content is sent as it is. */
    private final @Nullable CodedContent coded;

    private long bytes;
    private boolean upstreamPaused;

    ResponseRelay(
            Exchange exchange,
            HttpServerRequest request,
            UpstreamConnection from,
            HttpResponse head,
            @Nullable Compression compression) {
        this.exchange = exchange;
        this.request = request;
        this.response = request.response();
        this.from = from;
        int status = head.status().code();
        boolean noContent = request.method().equals(HttpMethod.HEAD) || ResponseHead.hasNoContent(status);
        this.length = noContent ? 0 : ResponseHead.length(head);
        this.stream = length == ResponseHead.UNKNOWN;
        this.endsWithConnection = stream && request.version() == HttpVersion.HTTP_1_0;
        String type = stream ? head.headers().get(HttpHeaderNames.CONTENT_TYPE) : null;
        this.tail = type != null && type.startsWith(EVENT_STREAM) ? new StreamTail() : NO_EVENTS;
        response.setStatusCode(status);
        ResponseHead.reason(head).ifPresent(response::setStatusMessage);
        ResponseFields.head(head.headers(), response.headers());
        this.coded = compression == null
                ? null
                : compression.start(request, status, head.headers(), length, response.headers());
        if (coded != null) {
            response.setChunked(true);
        }
        if (ResponseHead.hasNoContent(status) && ResponseHead.length(head) <= 0) {
            // RFC 9110 §8.6: no Content-Length, which Vert.x would add.
            response.headersEndHandler(ignored -> response.headers().remove(HttpHeaderNames.CONTENT_LENGTH));
        }
    }

    @Override
    public TerminationPhase phase() {
        return TerminationPhase.DATA;
    }

    /** Whether the length of the response is unknown. */
    boolean isStream() {
        return stream;
    }

    /** Whether no other response may be delayed by this one. */
    boolean isLong() {
        return stream || length > UpstreamConnection.MAX_DISCARDED;
    }

    /** Content bytes sent so far. */
    long bytes() {
        return coded == null ? bytes : coded.bytes();
    }

    /** Sends the head of a response of unknown length at once: it may be a stream whose first event comes much later. */
    void startStream() {
        response.setWriteQueueMaxSize(STREAM_BUFFER_BYTES);
        if (endsWithConnection) {
            response.headersEndHandler(ignored -> response.headers().set(HttpHeaderNames.CONNECTION, "close"));
            response.write(Buffer.buffer());
        } else {
            response.setChunked(true);
            response.writeHead();
        }
    }

    /** Sends the head of a response of known length before its content, if it is not sent yet. */
    void sendHead() {
        if (!response.headWritten()) {
            response.writeHead();
        }
    }

    /** Whether this is the last content of a response of known length. */
    boolean isCompletedBy(ByteBuf content) {
        return bytes + content.readableBytes() == length;
    }

    /** Writes some content. Returns true where that was the last, and the response has been ended with it. */
    boolean write(ByteBuf content) {
        bytes += content.readableBytes();
        if (tail != NO_EVENTS) {
            tail.update(content);
        }
        boolean last = bytes == length;
        Buffer part = VertxMessages.buffer(coded == null ? content : code(coded, content, last));
        if (last) {
            // The last bytes and the end are one write.
            response.end(part);
            stopStallTimeout();
            resumeUpstream();
            return true;
        }
        response.write(part);
        if (response.writeQueueFull() && !upstreamPaused) {
            pauseUpstream();
        }
        return false;
    }

    private static ByteBuf code(CodedContent coded, ByteBuf content, boolean last) {
        return last ? coded.end(content) : coded.write(content);
    }

    private void pauseUpstream() {
        upstreamPaused = true;
        from.dedicate();
        from.setReading(false);
        exchange.clientStalled();
        response.drainHandler(ignored -> {
            if (upstreamPaused) {
                resumeUpstream();
                exchange.clientResumed();
            }
        });
    }

    private void resumeUpstream() {
        if (upstreamPaused) {
            upstreamPaused = false;
            from.setReading(true);
        }
    }

    /** The client may take as long as it wants from now on. */
    void stopStallTimeout() {
        if (upstreamPaused) {
            exchange.clientResumed();
        }
    }

    /** There will be no more content, whether or not it is complete. */
    void ended() {
        stopStallTimeout();
        if (coded != null) {
            coded.discard();
        }
    }

    /** The response is complete. */
    void complete(HttpHeaders trailers) {
        stopStallTimeout();
        resumeUpstream();
        if (coded != null) {
            response.write(VertxMessages.buffer(coded.end(Unpooled.EMPTY_BUFFER)));
        }
        if (!trailers.isEmpty() && response.isChunked()) {
            ResponseFields.trailers(trailers, response.trailers());
        }
        finish();
    }

    /** Ends it before its end. A stream of events ends regularly, with a time to reconnect; anything else is aborted, since it is incomplete. */
    void endEarly() {
        if (tail == NO_EVENTS) {
            abort(Http2Error.CANCEL);
            return;
        }
        if (tail.isBetweenEvents()) {
            response.write(RECONNECT);
        }
        finish();
    }

    /** Resets the stream or the connection, so that the client does not take the response for complete. */
    @SuppressWarnings("FutureReturnValueIgnored") // A write fails only where the connection is closed already.
    void abort(Http2Error why) {
        if (endsWithConnection) {
            Channel channel = VertxConnections.channel(request.connection());
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ignored -> ConnectionResets.reset(channel));
        } else {
            response.reset(why.code());
        }
    }

    private void finish() {
        if (endsWithConnection) {
            response.end().onComplete(ignored -> request.connection().close());
        } else {
            response.end();
        }
    }
}
