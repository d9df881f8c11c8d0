package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.loadbalance.SelectionContext;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of an exchange: who was asked, how often, how much went each way, and when. As few looks at the clock as
 * possible: one for its begin, one for its answer.
 */
final class ExchangeRecord implements SelectionContext {

    private static final long NEVER = Long.MIN_VALUE;

    private final HttpServerRequest request;
    private final long began;
    private @Nullable UpstreamOnLoop tried;
    private @Nullable List<UpstreamOnLoop> triedBefore;
    private int retries;
    private long bytesReceived;
    private long bytesTunnelled;
    private int place;
    private long queued = NEVER;
    private long queuedNanos;
    private boolean reached;
    private long connecting = NEVER;
    private long connected = NEVER;
    private long asked = NEVER;
    private long answered = NEVER;

    ExchangeRecord(HttpServerRequest request, long nowNanos) {
        this.request = request;
        this.began = nowNanos;
    }

    @Override
    public boolean hasTried(UpstreamOnLoop candidate) {
        return candidate == tried || (triedBefore != null && triedBefore.contains(candidate));
    }

    @Override
    public int sourceHash() {
        return String.valueOf(IpAddresses.text(request.remoteAddress())).hashCode();
    }

    @Override
    public int uriHash() {
        return String.valueOf(request.path()).hashCode();
    }

    void tries(UpstreamOnLoop chosen) {
        if (tried != null) {
            triedBefore = triedBefore == null ? new ArrayList<>(2) : triedBefore;
            triedBefore.add(tried);
        }
        tried = chosen;
    }

    /** It goes elsewhere, from now on. */
    void retried() {
        retries++;
        asked = System.nanoTime();
    }

    void received(int bytes) {
        bytesReceived += bytes;
    }

    void tunnelled(int bytes) {
        bytesTunnelled += bytes;
    }

    long bytesTunnelled() {
        return bytesTunnelled;
    }

    /**
     * It waits in the line.
     *
     * @param last its place there, from 1 on
     */
    void queued(int last) {
        place = last;
        queued = System.nanoTime();
        reached = false;
    }

    /** It left the line. */
    void dequeued() {
        asked = System.nanoTime();
        queuedNanos += asked - queued;
    }

    void connects() {
        connecting = System.nanoTime();
        asked = NEVER;
        reached = false;
    }

    void connected() {
        connected = System.nanoTime();
        asked = connected;
        reached = true;
    }

    /** A connection was there. */
    void reuses() {
        connecting = NEVER;
        reached = true;
    }

    /** When it was asked last. */
    long askedNanos() {
        return asked == NEVER ? began : asked;
    }

    /** How long the upstream that was asked last has not answered. */
    long waitedNanos() {
        return System.nanoTime() - askedNanos();
    }

    /** Returns how long after it was asked, in nanoseconds. */
    long answered() {
        answered = System.nanoTime();
        return answered - askedNanos();
    }

    /** When the head of the answer came. */
    long answeredNanos() {
        return answered;
    }

    /**
     * All of it, at the end.
     *
     * @param status what the client was answered; 0 for nothing
     * @param bytesSent of an answer's body; what went through a tunnel is known here
     */
    ExchangeSummary end(int status, long bytesSent, Termination termination) {
        return new ExchangeSummary(
                request,
                tried == null ? null : tried.upstream(),
                status,
                bytesReceived,
                bytesSent + bytesTunnelled,
                queuedMillis(),
                connectMillis(),
                answered == NEVER ? -1 : millis(askedNanos(), answered),
                millis(began, System.nanoTime()),
                termination,
                retries,
                redispatched(),
                place);
    }

    /** -1 for one that nobody was to have, and that could not wait. */
    private long queuedMillis() {
        return queued == NEVER && tried == null ? -1 : TimeUnit.NANOSECONDS.toMillis(queuedNanos);
    }

    private long connectMillis() {
        if (!reached) {
            return -1;
        }
        return connecting == NEVER ? 0 : millis(connecting, connected);
    }

    private boolean redispatched() {
        return triedBefore != null && triedBefore.stream().anyMatch(before -> before != tried);
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }
}
