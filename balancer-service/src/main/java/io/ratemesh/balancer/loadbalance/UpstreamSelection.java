package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The upstream of one request or one TCP connection: selected by the pool's policy, none that was tried before, from the queue where
 * none is available. Counts as one request under way on the selected upstream. One event loop owns it.
 */
public final class UpstreamSelection implements SelectionContext, RequestQueue.QueuedRequest {

    /** The request or connection that needs an upstream. */
    public interface Owner {

        /** The same for all requests of one client. */
        int sourceHash();

        /** The same for all requests for one target. */
        int uriHash();

        /** Whether a server is to be selected before others while it is available. */
        default boolean hasPreference() {
            return false;
        }

        /** Whether that is this server. */
        default boolean prefers(UpstreamOnLoop server) {
            return false;
        }

        /** It was in the queue, and an upstream has been selected. */
        void dequeued(UpstreamOnLoop selected, long nowNanos);

        /** It was in the queue, and no upstream has become available in time. */
        void queueTimedOut();
    }

    private final PoolOnLoop pool;
    private final Owner owner;
    private @Nullable UpstreamOnLoop upstream;
    private @Nullable UpstreamOnLoop lastTried;
    private @Nullable List<UpstreamOnLoop> triedBefore;
    private int retries;
    private boolean queued;
    private int queuePosition;
    private long enqueuedNanos;
    private long queuedNanos;

    /** Nothing is selected yet. */
    public UpstreamSelection(PoolOnLoop pool, Owner owner) {
        this.pool = pool;
        this.owner = owner;
    }

    /** The selected upstream; null while there is none. */
    public @Nullable UpstreamOnLoop upstream() {
        return upstream;
    }

    /** The upstream that was selected last, released or not; null where none ever was. */
    public @Nullable UpstreamOnLoop lastTried() {
        return lastTried;
    }

    /** Whether {@link #select()} would find an upstream now. Changes nothing. */
    public boolean canSelect() {
        return pool.canChoose(this);
    }

    /** Selects an upstream and releases the one before; null, with nothing changed, where none is available. */
    public @Nullable UpstreamOnLoop select() {
        UpstreamOnLoop chosen = pool.choose(this);
        if (chosen == null) {
            return null;
        }
        if (lastTried != null) {
            triedBefore = triedBefore == null ? new ArrayList<>(2) : triedBefore;
            triedBefore.add(lastTried);
        }
        lastTried = chosen;
        UpstreamOnLoop before = upstream;
        upstream = chosen;
        chosen.begin();
        if (before != null) {
            before.end();
        }
        return chosen;
    }

    /** Starts anew on the selected upstream. */
    public UpstreamOnLoop selectSame() {
        UpstreamOnLoop same = Objects.requireNonNull(upstream, "nothing is selected");
        same.end();
        same.begin();
        return same;
    }

    /** Ends the request under way on the selected upstream, if there is one. A queued request may take its place at once. */
    public void release() {
        UpstreamOnLoop ended = upstream;
        upstream = null;
        if (ended != null) {
            ended.end();
        }
    }

    /** Counts that it is sent once more after it failed at an upstream. */
    public void countRetry(UpstreamOnLoop failed) {
        retries++;
        failed.redispatched();
    }

    /** Joins the queue; false where the queue is full. */
    public boolean enqueue(long nowNanos) {
        if (!pool.queue().enqueue(this, nowNanos)) {
            return false;
        }
        queued = true;
        queuePosition = pool.queue().length();
        enqueuedNanos = nowNanos;
        return true;
    }

    /** Leaves the queue, if it is in it. */
    public void leaveQueue() {
        if (queued) {
            leaveQueue(System.nanoTime());
        }
    }

    private void leaveQueue(long nowNanos) {
        queued = false;
        queuedNanos += nowNanos - enqueuedNanos;
    }

    @Override
    public boolean isWaiting() {
        return queued;
    }

    @Override
    public boolean tryServe() {
        UpstreamOnLoop selected = select();
        if (selected == null) {
            return false;
        }
        long now = System.nanoTime();
        leaveQueue(now);
        owner.dequeued(selected, now);
        return true;
    }

    @Override
    public void timedOut() {
        leaveQueue();
        owner.queueTimedOut();
    }

    @Override
    public boolean hasTried(UpstreamOnLoop server) {
        return server == lastTried || (triedBefore != null && triedBefore.contains(server));
    }

    @Override
    public int sourceHash() {
        return owner.sourceHash();
    }

    @Override
    public int uriHash() {
        return owner.uriHash();
    }

    @Override
    public boolean hasPreference() {
        return owner.hasPreference();
    }

    @Override
    public boolean prefers(UpstreamOnLoop server) {
        return owner.prefers(server);
    }

    /** How often it was sent once more. */
    public int retries() {
        return retries;
    }

    /** Whether more than one upstream was selected. */
    public boolean isRedispatched() {
        return triedBefore != null;
    }

    /** Its position in the queue when it joined, from 1; 0 where it never did. */
    public int queuePosition() {
        return queuePosition;
    }

    /** The time in the queue. */
    public long queuedNanos() {
        return queuedNanos;
    }
}
