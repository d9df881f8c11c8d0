package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamCounts;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.FailureSettings.Hang;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A pool as one event loop uses it, with its own counts, policy state, queue and retry budget. */
public final class PoolOnLoop implements UpstreamOnLoop.Owner {

    /**
     * The upstreams of a pool on one event loop, at one moment.
     *
     * @param members in the pool
     * @param departing removed from the pool, with requests under way
     * @param departedCounts of those that are removed and have no requests any more
     */
    record Membership(List<UpstreamOnLoop> members, List<UpstreamOnLoop> departing, UpstreamCounts departedCounts) {

        private static final Membership EMPTY = new Membership(List.of(), List.of(), UpstreamCounts.NONE);

        private Membership withoutDeparted() {
            List<UpstreamOnLoop> stay = new ArrayList<>();
            UpstreamCounts all = departedCounts;
            for (UpstreamOnLoop each : departing) {
                if (each.inFlight() > 0) {
                    stay.add(each);
                } else {
                    all = all.plus(each.counts());
                }
            }
            return new Membership(members, List.copyOf(stay), all);
        }
    }

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long WINDOW = Duration.ofSeconds(30).toNanos();

    private final Pool pool;
    private final RetryBudget retryBudget;
    private final RequestQueue queue;
    private final AtomicBoolean wakePending = new AtomicBoolean();
    private volatile Executor loop = Runnable::run;
    private volatile Membership membership = Membership.EMPTY;
    private UpstreamOnLoop[] eligible = {};
    private UpstreamOnLoop[] unsuspected = {};
    private @Nullable EligibleUpstreams current;
    private @Nullable Algorithm algorithm;
    private LoadBalancingPolicy policy = new FirstAvailable();
    private long secondBegan;
    private long windowBegan;

    public PoolOnLoop(Pool pool) {
        this.pool = pool;
        this.secondBegan = pool.now();
        this.windowBegan = secondBegan;
        this.retryBudget = new RetryBudget(pool.settings().failures().retries(), secondBegan);
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
        UpstreamOnLoop chosen = policy.choose(unsuspected, context);
        return chosen == null && unsuspected.length < eligible.length ? policy.choose(eligible, context) : chosen;
    }

    /** Whether {@link #choose} would select an upstream. Changes no state of the policy. Only the owning loop calls this. */
    public boolean canChoose(SelectionContext context) {
        sync();
        for (UpstreamOnLoop server : eligible) {
            if (server.hasCapacity() && !context.hasTried(server)) {
                return true;
            }
        }
        return false;
    }

    /** The current settings of the pool. */
    public PoolSettings settings() {
        return pool.settings();
    }

    /** The members with this loop's counts. Thread-safe. */
    public List<UpstreamOnLoop> members() {
        return membership.members();
    }

    /** The members and the removed upstreams, as a consistent snapshot. Thread-safe. */
    Membership membership() {
        return membership;
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
        long responses = 0;
        for (UpstreamOnLoop member : members) {
            member.updateLastRequest(now);
            responses += member.responses();
        }
        Hang hang = pool.settings().failures().hang();
        for (UpstreamOnLoop member : members) {
            member.detectHang(hang, responses, now);
        }
        excludeSuspected();
        for (; now - secondBegan >= SECOND; secondBegan += SECOND) {
            members.forEach(UpstreamOnLoop::decayErrors);
        }
        if (now - windowBegan >= WINDOW) {
            windowBegan = now;
            members.forEach(member -> member.latencies().rotate());
        }
        if (!membership.departing().isEmpty()) {
            membership = membership.withoutDeparted();
        }
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
        if (pool.loopCount() > 1 && pool.settings().maxInFlight() > 0) {
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
        for (UpstreamOnLoop server : eligible) {
            if (server.hasCapacity()) {
                return true;
            }
        }
        return false;
    }

    /** Suspected upstreams get no new requests, as long as there is another one. */
    private void excludeSuspected() {
        unsuspected = Arrays.stream(eligible).anyMatch(UpstreamOnLoop::isSuspected)
                ? Arrays.stream(eligible)
                        .filter(member -> !member.isSuspected())
                        .toArray(UpstreamOnLoop[]::new)
                : eligible;
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
            updateMembers(next.all());
        }
        List<Upstream> upstreams = next.eligible();
        eligible = new UpstreamOnLoop[upstreams.size()];
        int at = 0;
        for (UpstreamOnLoop member : members()) {
            if (at < eligible.length && upstreams.get(at) == member.upstream()) {
                member.setShare(next.weights().get(at), next.settings().maxInFlight());
                eligible[at++] = member;
            }
        }
        excludeSuspected();
        if (algorithm != next.settings().algorithm()) {
            algorithm = next.settings().algorithm();
            policy = LoadBalancingPolicy.of(algorithm);
        }
        current = next;
    }

    /** Members that stay keep their counts. */
    private void updateMembers(List<Upstream> all) {
        IdentityHashMap<Upstream, UpstreamOnLoop> known = new IdentityHashMap<>();
        Membership now = membership;
        now.members().forEach(member -> known.put(member.upstream(), member));
        List<UpstreamOnLoop> next = new ArrayList<>(all.size());
        for (Upstream upstream : all) {
            UpstreamOnLoop member = known.remove(upstream);
            next.add(
                    member == null
                            ? new UpstreamOnLoop(
                                    upstream,
                                    this,
                                    RendezvousHash.mix(upstream.id().hashCode()))
                            : member);
        }
        List<UpstreamOnLoop> leaving = new ArrayList<>(now.departing());
        leaving.addAll(known.values());
        membership = new Membership(List.copyOf(next), List.copyOf(leaving), now.departedCounts());
    }
}
