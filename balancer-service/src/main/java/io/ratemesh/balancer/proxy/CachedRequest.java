package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.cache.CacheControl;
import io.ratemesh.balancer.cache.CacheKey;
import io.ratemesh.balancer.cache.CacheResult;
import io.ratemesh.balancer.cache.Fill;
import io.ratemesh.balancer.cache.Freshness.Use;
import io.ratemesh.balancer.cache.ResponseCache;
import io.ratemesh.balancer.cache.RouteCaching;
import io.ratemesh.balancer.cache.StoredResponse;
import io.ratemesh.balancer.upstream.connections.RequestFraming;
import io.ratemesh.balancer.upstream.connections.ResponseHead;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request through the cache of its route: it gets a stored response, waits for the response to an equal request, or is sent
 * to a server, whose response may be stored. The exchange reports what happens; one event loop owns both.
 */
final class CachedRequest {

    /** Parts of a response, and conditions that are for the server to decide, are not served from a cache. */
    private static final List<AsciiString> NOT_SERVED = List.of(
            HttpHeaderNames.RANGE,
            HttpHeaderNames.IF_RANGE,
            HttpHeaderNames.IF_MATCH,
            HttpHeaderNames.IF_UNMODIFIED_SINCE);

    /** Statuses after which a stale response may be used (RFC 5861 §4). */
    private static final Set<Integer> ERRORS = Set.of(500, 502, 503, 504);

    private final Proxy proxy;
    private final Exchange exchange;
    private final HttpServerRequest request;
    private final RouteCaching caching;
    private final @Nullable ChangedRequest changes;

    /** Null where the request is not served from the cache, and its response not stored. */
    private final @Nullable Lookup lookup;

    private final Fill.Waiter waiter = this::resumeOnLoop;
    private String status;
    private @Nullable StoredResponse stale;
    private @Nullable ReplacedConditions validation;
    private @Nullable Fill fill;
    private boolean storing;

    /** Of the wait for an equal request. */
    private @Nullable Fill awaited;

    private long timer;
    private long waitEndNanos;
    private boolean waited;
    private boolean alone;

    /** What a request is looked up with. */
    private record Lookup(ResponseCache cache, CacheKey key, CacheControl control, Fill.Terms terms) {

        @Nullable
        StoredResponse find(MultiMap fields) {
            return cache.find(key, fields);
        }

        Fill fill(MultiMap fields) {
            return cache.fill(key, fields, terms);
        }
    }

    private CachedRequest(
            Proxy proxy,
            Exchange exchange,
            HttpServerRequest request,
            RequestFraming framing,
            RouteCaching caching,
            @Nullable ChangedRequest changes) {
        this.proxy = proxy;
        this.exchange = exchange;
        this.request = request;
        this.caching = caching;
        this.changes = changes;
        this.status = isRead(request) ? "fwd=bypass" : "fwd=method";
        this.lookup = caching.own() == null ? null : lookup(caching.own(), framing);
    }

    /**
     * Of a request; null where it has nothing to do with caches.
     *
     * @param caching of its route; null for nothing
     * @param changes of its route; null for none
     */
    static @Nullable CachedRequest of(
            Proxy proxy,
            Exchange exchange,
            HttpServerRequest request,
            RequestFraming framing,
            @Nullable RouteCaching caching,
            @Nullable ChangedRequest changes) {
        if (caching == null || (caching.own() == null && isSafe(request))) {
            return null;
        }
        return new CachedRequest(proxy, exchange, request, framing, caching, changes);
    }

    private static boolean isRead(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private static boolean isSafe(HttpServerRequest request) {
        return isRead(request) || request.method().equals(HttpMethod.OPTIONS);
    }

    private @Nullable Lookup lookup(ResponseCache cache, RequestFraming framing) {
        MultiMap fields = request.headers();
        CacheControl control = CacheControl.of(fields.getAll(HttpHeaderNames.CACHE_CONTROL));
        boolean served = isRead(request)
                && !framing.hasBody()
                && framing.upgrade() == null
                && request.uri().startsWith("/")
                && !control.has("no-store")
                && NOT_SERVED.stream().noneMatch(fields::contains);
        if (!served) {
            cache.count(CacheResult.BYPASS);
            return null;
        }
        boolean authorized = fields.contains(HttpHeaderNames.AUTHORIZATION)
                && (changes == null || !changes.replaces(HttpHeaderNames.AUTHORIZATION));
        return new Lookup(
                cache,
                CacheKeys.of(request, proxy.trusted(), changes, caching.copied()),
                control,
                new Fill.Terms(control, authorized));
    }

    /** Begins. */
    void start() {
        if (lookup == null) {
            exchange.forward();
        } else {
            lookUp(lookup);
        }
    }

    private void lookUp(Lookup by) {
        StoredResponse found = by.find(request.headers());
        Use use = found == null
                ? Use.AFTER_VALIDATION
                : found.freshness().use(by.control(), by.cache().nanos());
        if (found != null && use != Use.AFTER_VALIDATION) {
            serve(by, found, use);
        } else if (by.control().has("only-if-cached")) {
            by.cache().count(CacheResult.MISS);
            exchange.refuseUncached();
        } else if (request.method().equals(HttpMethod.HEAD)) {
            by.cache().count(CacheResult.MISS);
            status = "fwd=miss";
            exchange.forward();
        } else {
            fetch(by, found);
        }
    }

    private void serve(Lookup by, StoredResponse found, Use use) {
        by.cache().count(use == Use.FRESH ? CacheResult.HIT : CacheResult.STALE);
        respond(by, found, waited ? "fwd=miss; collapsed" : hit(by, found), false);
        if (use == Use.WHILE_REVALIDATING && request.method().equals(HttpMethod.GET)) {
            by.cache()
                    .beginIfNone(by.key(), request.headers(), by.terms())
                    .ifPresent(begun -> new Refresh(proxy, request, changes, found, begun).start());
        }
    }

    private void respond(Lookup by, StoredResponse found, String what, boolean validated) {
        exchange.respond(found, found.freshness().age(by.cache().nanos()), what, validated);
    }

    private static String hit(Lookup by, StoredResponse found) {
        return "hit; ttl=" + found.freshness().remaining(by.cache().nanos());
    }

    /** Sends the request to a server, or has it wait for an equal one. */
    private void fetch(Lookup by, @Nullable StoredResponse found) {
        boolean validates = found != null && found.hasValidator();
        if (mayWait(by, validates)) {
            ResponseCache.Joined joined = by.cache().join(by.key(), request.headers(), by.terms(), waiter);
            if (!joined.leads()) {
                await(joined.fill(), by);
                return;
            }
            fill = joined.fill();
        } else {
            fill = by.fill(request.headers());
        }
        stale = found;
        boolean fresh = found != null && found.freshness().remaining(by.cache().nanos()) > 0;
        status = found == null ? "fwd=miss" : fresh ? "fwd=request" : "fwd=stale";
        if (found != null && validates) {
            validation = new ReplacedConditions(request.headers(), found);
        }
        exchange.forward();
    }

    /** Where the client's own conditions go to the server, or it wants the server to be asked, the response is for it alone. */
    private boolean mayWait(Lookup by, boolean validates) {
        long timeout = by.cache().settings().collapseTimeout().toNanos();
        if (waitEndNanos == 0) {
            waitEndNanos = System.nanoTime() + timeout;
        }
        return !alone
                && timeout > 0
                && waitEndNanos - System.nanoTime() > 0
                && !by.control().has("no-cache")
                && (validates || !ReplacedConditions.arePresent(request.headers()));
    }

    private void await(Fill other, Lookup by) {
        awaited = other;
        proxy.waitStarted();
        long millis = TimeUnit.NANOSECONDS.toMillis(waitEndNanos - System.nanoTime());
        timer = proxy.vertx().setTimer(Math.max(1, millis), ignored -> {
            if (stopWaiting()) {
                alone = true;
                fetch(by, by.find(request.headers()));
            }
        });
    }

    /** Returns false where it does not wait. */
    private boolean stopWaiting() {
        Fill other = awaited;
        if (other == null) {
            return false;
        }
        awaited = null;
        proxy.vertx().cancelTimer(timer);
        other.leave(waiter);
        proxy.waitEnded();
        return true;
    }

    private void resumeOnLoop(Fill.Outcome outcome) {
        proxy.runOnLoop(() -> resume(outcome));
    }

    private void resume(Fill.Outcome outcome) {
        if (lookup == null || !stopWaiting()) {
            return;
        }
        waited = true;
        if (outcome == Fill.Outcome.STORED || outcome == Fill.Outcome.FAILED) {
            lookUp(lookup);
            return;
        }
        alone = true;
        stale = lookup.find(request.headers());
        if (outcome != Fill.Outcome.SERVER_ERROR || !respondInsteadOfError()) {
            fetch(lookup, stale);
        }
    }

    /** The head of the server's response was received. Returns true where the client gets a stored response instead. */
    boolean responseStarted(HttpResponse head) {
        int code = head.status().code();
        if (!isSafe(request) && code >= 200 && code < 400) {
            caching.invalidate(CacheKeys.host(request), request.uri());
        }
        Fill filled = fill;
        if (filled == null || lookup == null) {
            return false;
        }
        boolean validated = validation != null && code == HttpResponseStatus.NOT_MODIFIED.code();
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        ResponseFields.head(head.headers(), fields);
        StoredResponse known = stale;
        if (known != null && validated) {
            restoreConditions();
            lookup.cache().count(CacheResult.VALIDATED);
            respond(lookup, filled.validated(known, fields), status + "; fwd-status=304", true);
            return true;
        }
        if (ERRORS.contains(code) && respondInsteadOfError()) {
            return true;
        }
        restoreConditions();
        lookup.cache().count(CacheResult.MISS);
        storing =
                filled.responseStarted(code, ResponseHead.reason(head).orElse(null), fields, ResponseHead.length(head));
        status += storing ? "; stored" : "";
        return false;
    }

    /** There is no response. Returns true where the client gets a stored one. */
    boolean failed() {
        if (respondInsteadOfError()) {
            return true;
        }
        if (fill != null && lookup != null) {
            lookup.cache().count(CacheResult.MISS);
            fill.serverFailed();
        }
        return false;
    }

    private boolean respondInsteadOfError() {
        restoreConditions();
        StoredResponse known = stale;
        if (known == null
                || lookup == null
                || !known.freshness().isUsableOnError(lookup.cache().nanos())) {
            return false;
        }
        if (fill != null) {
            fill.serverFailed();
        }
        lookup.cache().count(CacheResult.STALE);
        respond(lookup, known, hit(lookup, known), false);
        return true;
    }

    private void restoreConditions() {
        if (validation != null) {
            validation.restore();
            validation = null;
        }
    }

    /** Says in the fields of a response what the cache did (RFC 9211). */
    void addStatus(MultiMap fields) {
        if (caching.own() != null) {
            CachedResponse.addStatus(fields, status);
        }
    }

    /**
     * Content of the server's response was received.
     *
     * @param last whether it is the last
     */
    void received(ByteBuf bytes, boolean last) {
        if (storing && fill != null) {
            storing = fill.received(bytes);
            if (last) {
                completed(false);
            }
        }
    }

    /** The server's response is complete. */
    void completed(boolean withTrailers) {
        if (storing && fill != null) {
            fill.completed(withTrailers);
        }
    }

    /** The client takes nothing of the response for now, or takes it again. */
    void clientStalled(boolean stalled) {
        if (fill != null && stalled) {
            fill.stalled();
        } else if (fill != null) {
            fill.resumed();
        }
    }

    /** The exchange has ended. */
    void ended() {
        stopWaiting();
        if (fill != null) {
            fill.ended();
        }
    }
}
