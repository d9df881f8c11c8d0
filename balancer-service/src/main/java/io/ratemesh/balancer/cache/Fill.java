package io.ratemesh.balancer.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.ratemesh.balancer.http.HttpDate;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is sent to a server, whose response may be stored. The event loop of the request owns it; equal requests of all loops may
 * wait for it.
 */
public final class Fill {

    /** How it ended for those that wait. */
    public enum Outcome {
        STORED,
        /** Equal requests have to be sent to a server each. */
        NOT_STORABLE,
        /** The server failed. Equal requests may get a stale response, or are sent to a server each. */
        SERVER_ERROR,
        /** There is no complete response, for a reason that is not the server's. */
        FAILED
    }

    /** A request that waits for the response to an equal one. */
    @FunctionalInterface
    public interface Waiter {

        /** The wait is over. Any thread may call this. */
        void resumed(Outcome outcome);
    }

    /**
     * What decides whether a response is stored.
     *
     * @param control of the request
     * @param authorized whether the server gets credentials of the client
     */
    public record Terms(CacheControl control, boolean authorized) {}

    private static final int SERVER_ERRORS = 500;
    private static final String REQUEST_ID = "X-Request-Id";

    private final ResponseCache cache;
    private final CacheKey key;
    private final MultiMap request;
    private final Terms terms;
    private final @Nullable String collapseKey;
    private final long generation;
    private final long requestedNanos;

    /** Guarded by the cache. */
    final List<Waiter> waiters = new ArrayList<>(0);

    /** Guarded by the cache. */
    boolean settled;

    /** Guarded by the cache. */
    boolean stalled;

    /** Guarded by the cache. */
    long stalledSinceNanos;

    /** The response under way without its content; null where none is stored. */
    private @Nullable StoredResponse head;

    private ByteBuf content = Unpooled.EMPTY_BUFFER;

    /**
     * Made by the cache.
     *
     * @param collapseKey by which equal requests find it; null where none may wait for it
     */
    Fill(
            ResponseCache cache,
            CacheKey key,
            MultiMap request,
            Terms terms,
            @Nullable String collapseKey,
            long generation,
            long requestedNanos) {
        this.cache = cache;
        this.key = key;
        this.request = request;
        this.terms = terms;
        this.collapseKey = collapseKey;
        this.generation = generation;
        this.requestedNanos = requestedNanos;
    }

    CacheKey key() {
        return key;
    }

    MultiMap request() {
        return request;
    }

    @Nullable
    String collapseKey() {
        return collapseKey;
    }

    long generation() {
        return generation;
    }

    /**
     * The head of the response was received.
     *
     * @param reason a phrase other than the usual one; null for that
     * @param fields without hop-by-hop ones
     * @param length of the content; negative where it is unknown
     * @return whether the response is stored if it is received completely
     */
    public boolean responseStarted(int status, @Nullable String reason, MultiMap fields, long length) {
        HttpHeaders kept = dated(StoredResponse.copy(fields));
        // It would name another request to all that come later.
        kept.remove(REQUEST_ID);
        Freshness freshness = freshness(kept);
        if (length > cache.settings().maxEntry() || !isAllowed(status, kept, freshness)) {
            cache.settle(this, status >= SERVER_ERRORS ? Outcome.SERVER_ERROR : Outcome.NOT_STORABLE);
            return false;
        }
        head = new StoredResponse(status, reason, kept, new byte[0], freshness);
        return true;
    }

    /** Keeps a copy of some content. Returns false where the response is not stored any more, because it is too long. */
    public boolean received(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (head == null) {
            return false;
        }
        if (content.readableBytes() + length > cache.settings().maxEntry() || !cache.reserve(length)) {
            discard();
            cache.settle(this, Outcome.NOT_STORABLE);
            return false;
        }
        if (content.capacity() == 0) {
            content = Unpooled.buffer(length);
        }
        content.writeBytes(bytes, bytes.readerIndex(), length);
        return true;
    }

    /**
     * The response is complete.
     *
     * @param withTrailers whether trailers followed it, which are not stored, so that it is not either
     */
    public void completed(boolean withTrailers) {
        StoredResponse started = head;
        if (started == null) {
            return;
        }
        StoredResponse complete = new StoredResponse(
                started.status(),
                started.reason().orElse(null),
                started.fields(),
                ByteBufUtil.getBytes(content),
                started.freshness());
        discard();
        if (withTrailers) {
            cache.settle(this, Outcome.NOT_STORABLE);
        } else {
            cache.settle(this, cache.store(this, complete) ? Outcome.STORED : Outcome.FAILED);
        }
    }

    /**
     * The server says that a stored response is still valid.
     *
     * @param fields of the 304, without hop-by-hop ones
     * @return the response with these fields, which is stored if it may be
     */
    public StoredResponse validated(StoredResponse stored, MultiMap fields) {
        HttpHeaders merged = dated(stored.fieldsAfter(StoredResponse.copy(fields)));
        Freshness freshness = freshness(merged);
        StoredResponse updated = stored.with(merged, freshness);
        if (isAllowed(stored.status(), merged, freshness)) {
            cache.settle(this, cache.store(this, updated) ? Outcome.STORED : Outcome.FAILED);
        } else {
            cache.purge(key.host(), key.target());
            cache.settle(this, Outcome.NOT_STORABLE);
        }
        return updated;
    }

    /** The server responded with an error, or not at all. */
    public void serverFailed() {
        cache.settle(this, Outcome.SERVER_ERROR);
    }

    /** Nothing more is received. Does nothing where the response was complete. */
    public void ended() {
        discard();
        cache.settle(this, Outcome.FAILED);
    }

    /** The client takes nothing of the response for now, so others should not begin to wait for it. */
    public void stalled() {
        cache.setStalled(this, true);
    }

    /** The client takes the response again. */
    public void resumed() {
        cache.setStalled(this, false);
    }

    /** A request does not wait any more. */
    public void leave(Waiter waiter) {
        cache.leave(this, waiter);
    }

    private boolean isAllowed(int status, HttpHeaders fields, Freshness freshness) {
        return StoragePolicy.allows(status, fields, terms.control(), control(fields), terms.authorized(), freshness);
    }

    private Freshness freshness(HttpHeaders fields) {
        return Freshness.of(fields, control(fields), requestedNanos, cache.nanos(), cache.now());
    }

    private static CacheControl control(HttpHeaders fields) {
        return CacheControl.of(fields.getAll(HttpHeaderNames.CACHE_CONTROL));
    }

    /** RFC 9110 §6.6.1: a response that is stored gets the date that its server did not send. */
    private HttpHeaders dated(HttpHeaders fields) {
        if (!fields.contains(HttpHeaderNames.DATE)) {
            Instant now = cache.now();
            fields.set(HttpHeaderNames.DATE, HttpDate.format(now));
        }
        return fields;
    }

    private void discard() {
        head = null;
        cache.release(content.readableBytes());
        content = Unpooled.EMPTY_BUFFER;
    }
}
