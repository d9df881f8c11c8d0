package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Error;
import io.ratemesh.balancer.cache.StoredResponse;
import io.ratemesh.balancer.compression.CodedContent;
import io.ratemesh.balancer.compression.Compression;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.upstream.connections.ResponseHead;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a stored response, no faster than the client takes it. */
final class CachedResponse implements ExchangeState {

    private static final String CACHE_STATUS = "Cache-Status";
    private static final int PART_BYTES = 64 * 1024;

    /** Fields that a 304 does not have, because they describe the content. */
    private static final List<CharSequence> OF_THE_CONTENT = List.of(
            HttpHeaderNames.CONTENT_ENCODING,
            HttpHeaderNames.CONTENT_LANGUAGE,
            HttpHeaderNames.CONTENT_LENGTH,
            HttpHeaderNames.CONTENT_TYPE);

    private final Exchange exchange;
    private final HttpServerResponse response;
    private final byte[] content;
    private final int length;

    /** Null where the content is sent as it is. */
    private final @Nullable CodedContent coded;

    private int sent;
    private boolean ended;

    /**
     * Writes the head, which is not sent yet.
     *
     * @param ageSeconds of the stored response
     */
    CachedResponse(
            Exchange exchange,
            HttpServerRequest request,
            StoredResponse stored,
            @Nullable Compression compression,
            long ageSeconds,
            String cacheStatus) {
        this.exchange = exchange;
        this.response = request.response();
        this.content = stored.content();
        boolean notModified = stored.isNotModified(request.headers());
        int status = notModified ? HttpResponseStatus.NOT_MODIFIED.code() : stored.status();
        response.setStatusCode(status);
        if (!notModified) {
            stored.reason().ifPresent(response::setStatusMessage);
        }
        MultiMap fields = response.headers();
        HttpHeaders from = stored.fields();
        from.forEach(field -> fields.add(field.getKey(), field.getValue()));
        fields.set(HttpHeaderNames.AGE, String.valueOf(ageSeconds));
        addStatus(fields, cacheStatus);
        boolean hasNoContent = ResponseHead.hasNoContent(status);
        if (hasNoContent) {
            OF_THE_CONTENT.forEach(fields::remove);
            // RFC 9110 §8.6: no Content-Length, which Vert.x would add.
            response.headersEndHandler(ignored -> response.headers().remove(HttpHeaderNames.CONTENT_LENGTH));
        } else {
            fields.set(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(content.length));
        }
        this.length = hasNoContent || request.method().equals(HttpMethod.HEAD) ? 0 : content.length;
        this.coded = compression == null ? null : compression.start(request, status, from, length, fields);
        if (coded != null) {
            response.setChunked(true);
        }
    }

    /** Adds what the cache did, after what those before it say (RFC 9211 §2). */
    static void addStatus(MultiMap fields, String status) {
        fields.add(CACHE_STATUS, "ratemesh; " + status);
    }

    @Override
    public TerminationPhase phase() {
        return TerminationPhase.DATA;
    }

    /** Content bytes sent so far. */
    long bytes() {
        return coded == null ? sent : coded.bytes();
    }

    /** Sends it, from where it stopped. */
    void send() {
        if (length == 0) {
            response.end();
            exchange.storedResponseSent();
        }
        while (!ended && sent < length) {
            int bytes = Math.min(PART_BYTES, length - sent);
            ByteBuf part = Unpooled.wrappedBuffer(content, sent, bytes);
            sent += bytes;
            boolean last = sent == length;
            Buffer buffer = VertxMessages.buffer(coded == null ? part : last ? coded.end(part) : coded.write(part));
            if (last) {
                response.end(buffer);
                exchange.storedResponseSent();
            } else if (!writeMore(buffer)) {
                return;
            }
        }
    }

    /** Whether the client takes more. Coding takes time, so other requests of the event loop get some between two parts. */
    private boolean writeMore(Buffer buffer) {
        response.write(buffer);
        if (response.writeQueueFull()) {
            exchange.clientStalled();
            response.drainHandler(ignored -> {
                if (!ended) {
                    exchange.clientResumed();
                    send();
                }
            });
            return false;
        }
        if (coded != null) {
            exchange.runOnLoop(() -> {
                if (!ended) {
                    send();
                }
            });
            return false;
        }
        return true;
    }

    /** Nothing more is sent. */
    void ended() {
        ended = true;
        exchange.clientResumed();
        if (coded != null) {
            coded.discard();
        }
    }

    /** Resets the stream or the connection, so that the client does not take the response for complete. */
    @SuppressWarnings("FutureReturnValueIgnored") // It fails only where the connection is closed already.
    void abort() {
        response.reset(Http2Error.CANCEL.code());
    }
}
