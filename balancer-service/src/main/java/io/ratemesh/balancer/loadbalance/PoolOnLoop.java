package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.outlier.HangDetector.Others;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.settings.FailureSettings.Hang;
import io.ratemesh.node.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A pool as one event loop uses it, with its own counts, policy state, queue and retry budget. */
public final class PoolOnLoop implements UpstreamOnLoop.Owner {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long WINDOW = Duration.ofSeconds(30).toNanos();

    private final Pool pool;
    private final RetryBudget retryBudget;
    private final RequestQueue queue;
    private final AtomicBoolean wakePending = new AtomicBoolean();
    private volatile Executor loop = Runnable::run;
    private volatile Membership membership = Membership.EMPTY;
    private volatile int streams;
    private final Candidates candidates = new Candidates();
    private @Nullable EligibleUpstreams current;
    private long secondStartNanos;
    private long windowStartNanos;

    public PoolOnLoop(Pool pool) {
        this.pool = pool;
        this.secondStartNanos = pool.now();
        this.windowStartNanos = secondStartNanos;
        this.retryBudget = new RetryBudget(pool.settings().failures().retries(), secondStartNanos);
        this.queue = new RequestQueue(
                () -> pool.queuedRequests() >= pool.settings().queue().limit(),
                () -> pool.settings().queue().timeout().toNanos(),
                this::hasCapacity);
        pool.addLoop(this);
    }

    /** Sets how other threads run tasks on the owning event loop. */
    public void runOn(Executor owner) {
        loop = owner;
    }

    /** Selects an upstream for a request; null where none is left or all are at their limit. Only the owning loop calls this. */
    public @Nullable UpstreamOnLoop choose(SelectionContext context) {
        sync();
        return candidates.choose(context);
    }

    /** Whether {@link #choose} would select an upstream. Changes no state of the policy. Only the owning loop calls this. */
    public boolean canChoose(SelectionContext context) {
        sync();
        return candidates.canChoose(context);
    }

    /** The current settings of the pool. */
    public PoolSettings settings() {
        return pool.settings();
    }

    /** How connections to its upstreams are made ready now. */
    public UpstreamTransport transport() {
        return pool.transport();
    }

    /** The members with this loop's counts. Thread-safe. */
    public List<UpstreamOnLoop> members() {
        return membership.members();
    }

    /** The members and the removed upstreams, as a consistent snapshot. Thread-safe. */
    Membership membership() {
        return membership;
    }

    /** Whether a member or a removed upstream with requests under way hangs. */
    public boolean isAnyHanging() {
        for (UpstreamOnLoop member : membership.members()) {
            if (member.isHanging()) {
                return true;
            }
        }
        for (UpstreamOnLoop member : membership.departing()) {
            if (member.isHanging()) {
                return true;
            }
        }
        return false;
    }

    /** Sets how many of the requests in flight are streams and tunnels. Only the owning loop calls this. */
    public void setStreams(int open) {
        streams = open;
    }

    /** Streams and tunnels under way. Thread-safe. */
    int streams() {
        return streams;
    }

    /** The retry budget of this loop. */
    public RetryBudget retryBudget() {
        return retryBudget;
    }

    @Override
    public long now() {
        return pool.now();
    }

    /** The queue of this loop. */
    public RequestQueue queue() {
        return queue;
    }

    /** Updates everything that depends on time; to be called several times a second on the owning loop. */
    public void tick() {
        long now = pool.now();
        sync();
        queue.serve();
        queue.expire(now);
        retryBudget.configure(pool.settings().failures().retries(), pool.loopCount());
        retryBudget.advance(now);
        List<UpstreamOnLoop> members = members();
        members.forEach(member -> member.updateLastRequest(now));
        detectHangs(now);
        for (; now - secondStartNanos >= SECOND; secondStartNanos += SECOND) {
            members.forEach(UpstreamOnLoop::decayErrors);
        }
        if (now - windowStartNanos >= WINDOW) {
            windowStartNanos = now;
            members.forEach(member -> member.latencies().rotate());
        }
        if (!membership.departing().isEmpty()) {
            membership = membership.withoutDeparted();
        }
    }

    private void detectHangs(long now) {
        long responses = 0;
        int pending = 0;
        for (UpstreamOnLoop member : membership.members()) {
            responses += member.responses();
            pending += member.pendingResponses();
        }
        Hang hang = pool.settings().failures().hang();
        for (UpstreamOnLoop member : membership.members()) {
            boolean othersIdle = candidates.count() > 1 && pending == member.pendingResponses();
            member.detectHang(hang, new Others(responses - member.responses(), othersIdle), now);
        }
        Others present = new Others(responses, candidates.count() > 0 && pending == 0);
        membership.departing().forEach(departing -> departing.detectHang(hang, present, now));
        candidates.excludeSuspected();
    }

    @Override
    public void requestStarted() {
        retryBudget.recordRequest();
    }

    /** A request of this pool ended here: a queued one may take its place. */
    @Override
    public void requestEnded() {
        if (queue.length() > 0) {
            queue.serve();
        }
        if (pool.loopCount() > 1 && candidates.isLimited()) {
            pool.capacityFreed(this);
        }
    }

    /** Serves the queue soon. Thread-safe. */
    void wakeQueue() {
        if (wakePending.compareAndSet(false, true)) {
            loop.execute(() -> {
                wakePending.set(false);
                queue.serve();
            });
        }
    }

    private boolean hasCapacity() {
        sync();
        return candidates.hasCapacity();
    }

    /** Applies a change of the pool, which is a new object each time. */
    @SuppressWarnings("ReferenceEquality")
    private void sync() {
        EligibleUpstreams next = pool.eligible();
        if (next != current) {
            apply(next);
        }
    }

    private void apply(EligibleUpstreams next) {
        if (current == null || current.all() != next.all()) {
            membership = membership.with(next.all(), this::join);
        }
        candidates.update(next, members());
        retryBudget.configure(next.settings().failures().retries(), pool.loopCount());
        current = next;
    }

    private UpstreamOnLoop join(Upstream upstream) {
        return new UpstreamOnLoop(
                upstream, this, RendezvousHash.mix(upstream.id().hashCode()));
    }
}
