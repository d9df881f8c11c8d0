package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2Error;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.upstream.connections.ResponseHead;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Passes an answer on as it comes, no faster than its client takes it; nothing is gathered. */
final class ResponseRelay {

    /** What a stream may have waiting for its client. There may be thousands of them, and no event is larger by much. */
    private static final int STREAM_BUFFER_BYTES = 16 * 1024;

    private static final String EVENT_STREAM = "text/event-stream";

    /** How soon a reader is to come back, in milliseconds: to another front door, or to this one's successor. */
    private static final String COME_BACK = "retry: 1000\n\n";

    private final Exchange exchange;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final UpstreamConnection from;
    private final long length;
    private final boolean stream;
    private final boolean endsWithConnection;
    private final StreamTail tail;

    private long relayed;
    private boolean heldBack;

    private static final StreamTail NO_EVENTS = new StreamTail();

    ResponseRelay(Exchange exchange, HttpServerRequest request, UpstreamConnection from, HttpResponse head) {
        this.exchange = exchange;
        this.request = request;
        this.response = request.response();
        this.from = from;
        int status = head.status().code();
        boolean bodiless = request.method().equals(HttpMethod.HEAD) || ResponseHead.bodiless(status);
        this.length = bodiless ? 0 : ResponseHead.length(head);
        this.stream = length == ResponseHead.UNKNOWN;
        this.endsWithConnection = stream && request.version() == HttpVersion.HTTP_1_0;
        String type = stream ? head.headers().get(HttpHeaderNames.CONTENT_TYPE) : null;
        this.tail = type != null && type.startsWith(EVENT_STREAM) ? new StreamTail() : NO_EVENTS;
        response.setStatusCode(status);
        ResponseHead.ownReason(head).ifPresent(response::setStatusMessage);
        ResponseFields.head(head.headers(), response.headers());
        if (ResponseHead.bodiless(status) && ResponseHead.length(head) <= 0) {
            // RFC 9110 §8.6: it has none, and Vert.x would add one.
            response.headersEndHandler(ignored -> response.headers().remove(HttpHeaderNames.CONTENT_LENGTH));
        }
    }

    /** Whether the end of the answer is not known yet. */
    boolean isStream() {
        return stream;
    }

    /** Whether others must not wait behind it. */
    boolean isLong() {
        return stream || length > UpstreamConnection.MOST_DISCARDED;
    }

    long relayed() {
        return relayed;
    }

    /** An answer of unknown length may be a stream whose first event is far off: its head goes out at once. */
    void beginStream() {
        response.setWriteQueueMaxSize(STREAM_BUFFER_BYTES);
        if (endsWithConnection) {
            response.headersEndHandler(ignored -> response.headers().set(HttpHeaderNames.CONNECTION, "close"));
            response.write(Buffer.buffer());
        } else {
            response.setChunked(true);
            response.writeHead();
        }
    }

    /** Sends the head of a response whose length is known, if it is not out yet: nobody knows when the first byte of its body comes. */
    void sendHead() {
        if (!response.headWritten()) {
            response.writeHead();
        }
    }

    /** Some of the body came; true where it was the last, and the answer has been ended with it. */
    boolean part(ByteBuf bytes) {
        int size = bytes.readableBytes();
        relayed += size;
        if (tail != NO_EVENTS) {
            tail.see(bytes);
        }
        Buffer part = VertxMessages.buffer(bytes);
        if (relayed == length) {
            // The last bytes and the end go out in one write; the answer's own end has nothing to add.
            response.end(part);
            forget();
            letGo();
            return true;
        }
        response.write(part);
        if (response.writeQueueFull() && !heldBack) {
            holdBack();
        }
        return false;
    }

    private void holdBack() {
        heldBack = true;
        from.dedicate();
        from.reads(false);
        exchange.stalled(true);
        response.drainHandler(ignored -> {
            if (heldBack) {
                letGo();
                exchange.stalled(false);
            }
        });
    }

    /** What the client does is of no interest any more. */
    void forget() {
        if (heldBack) {
            exchange.stalled(false);
        }
    }

    private void letGo() {
        if (heldBack) {
            heldBack = false;
            from.reads(true);
        }
    }

    void end(HttpHeaders trailers) {
        forget();
        letGo();
        if (!trailers.isEmpty() && response.isChunked()) {
            ResponseFields.trailers(trailers, response.trailers());
        }
        finish();
    }

    /**
     * Ends it where it is. A reader of events has all that it will get, and is told to come back where that is no event's part; whoever
     * reads anything else has to see that it is not whole.
     */
    void cut() {
        if (tail == NO_EVENTS) {
            breakOff(Http2Error.CANCEL);
            return;
        }
        if (tail.betweenEvents()) {
            response.write(COME_BACK);
        }
        finish();
    }

    /** Shows the client that it is not whole: the last chunk or the rest of its length is missing, or its stream or connection is reset. */
    @SuppressWarnings("FutureReturnValueIgnored") // What fails there fails because the connection is closed already.
    void breakOff(Http2Error why) {
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
