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

/** A pool as one event loop uses it: its own counts, its own turn among equals, its own line and its own retry budget. */
public final class PoolOnLoop implements UpstreamOnLoop.Owner {

    /**
     * Who there is, at one moment.
     *
     * @param members of the pool
     * @param departing that are not members any more, and have requests under way
     * @param departedCounts what those did that are gone altogether
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

    /** Says how other threads reach the owning loop, to wake its line. */
    public void runOn(Executor owner) {
        loop = owner;
    }

    /** Chooses where a request goes; null where none is left or all are full. Only the owning loop calls this. */
    public @Nullable UpstreamOnLoop choose(SelectionContext asking) {
        sync();
        UpstreamOnLoop among = policy.choose(unsuspected, asking);
        return among == null && unsuspected.length < eligible.length ? policy.choose(eligible, asking) : among;
    }

    /** The pool's settings, as they are now. */
    public PoolSettings settings() {
        return pool.settings();
    }

    /** The members with this loop's counts; may be read from any thread. */
    public List<UpstreamOnLoop> members() {
        return membership.members();
    }

    /** All that there are and were, as of one moment: nobody is in it twice or missing; may be read from any thread. */
    Membership membership() {
        return membership;
    }

    /** What may be tried once more on this loop. */
    public RetryBudget retryBudget() {
        return retryBudget;
    }

    @Override
    public long now() {
        return pool.now();
    }

    /** Where requests wait on this loop. */
    public RequestQueue queue() {
        return queue;
    }

    /** Lets time pass; to be called some times a second on the owning loop. */
    public void tick() {
        long now = pool.now();
        sync();
        queue.serve();
        queue.expire(now);
        retryBudget.configure(pool.settings().failures().retries(), pool.loopCount());
        retryBudget.advance(now);
        List<UpstreamOnLoop> members = members();
        long heard = 0;
        for (UpstreamOnLoop member : members) {
            member.updateLastRequest(now);
            heard += member.responses();
        }
        Hang hang = pool.settings().failures().hang();
        for (UpstreamOnLoop member : members) {
            member.detectHang(hang, heard, now);
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

    /** A request of this pool ended here: who waits may have its place. */
    @Override
    public void requestEnded() {
        if (queue.length() > 0) {
            queue.serve();
        }
        if (pool.loopCount() > 1 && pool.settings().maxInFlight() > 0) {
            pool.capacityFreed(this);
        }
    }

    /** Moves the line soon. Any thread may call this. */
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

    /** Those that keep everybody waiting get nothing new, as long as there is another. */
    private void excludeSuspected() {
        unsuspected = Arrays.stream(eligible).anyMatch(UpstreamOnLoop::isSuspected)
                ? Arrays.stream(eligible)
                        .filter(member -> !member.isSuspected())
                        .toArray(UpstreamOnLoop[]::new)
                : eligible;
    }

    /** Takes over a change of the pool, which is a new roster each time. */
    @SuppressWarnings("ReferenceEquality")
    private void sync() {
        EligibleUpstreams roster = pool.eligible();
        if (roster != current) {
            apply(roster);
        }
    }

    private void apply(EligibleUpstreams roster) {
        if (current == null || current.all() != roster.all()) {
            updateMembers(roster.all());
        }
        List<Upstream> may = roster.eligible();
        eligible = new UpstreamOnLoop[may.size()];
        int at = 0;
        for (UpstreamOnLoop member : members()) {
            if (at < eligible.length && may.get(at) == member.upstream()) {
                member.setShare(roster.weights().get(at), roster.settings().maxInFlight());
                eligible[at++] = member;
            }
        }
        excludeSuspected();
        if (algorithm != roster.settings().algorithm()) {
            algorithm = roster.settings().algorithm();
            policy = LoadBalancingPolicy.of(algorithm);
        }
        current = roster;
    }

    /** Who stays keeps its counts. */
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
