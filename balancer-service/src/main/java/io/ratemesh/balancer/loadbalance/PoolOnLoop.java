package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamCounts;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
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
     * @param leaving that are not members any more, and have requests under way
     * @param left what those did that are gone altogether
     */
    record Roll(List<UpstreamOnLoop> members, List<UpstreamOnLoop> leaving, UpstreamCounts left) {

        private static final Roll EMPTY = new Roll(List.of(), List.of(), UpstreamCounts.NONE);

        private Roll withoutThoseWhoHaveLeft() {
            List<UpstreamOnLoop> stay = new ArrayList<>();
            UpstreamCounts all = left;
            for (UpstreamOnLoop each : leaving) {
                if (each.inFlight() > 0) {
                    stay.add(each);
                } else {
                    all = all.plus(each.counts());
                }
            }
            return new Roll(members, List.copyOf(stay), all);
        }
    }

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long WINDOW = Duration.ofSeconds(30).toNanos();

    private final Pool pool;
    private final RetryBudget retries;
    private final RequestQueue line;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile Executor loop = Runnable::run;
    private volatile Roll roll = Roll.EMPTY;
    private UpstreamOnLoop[] eligible = {};
    private UpstreamOnLoop[] heard = {};
    private @Nullable EligibleUpstreams seen;
    private @Nullable Algorithm algorithm;
    private LoadBalancingPolicy choice = new FirstAvailable();
    private long secondBegan;
    private long windowBegan;

    public PoolOnLoop(Pool pool) {
        this.pool = pool;
        this.secondBegan = pool.now();
        this.windowBegan = secondBegan;
        this.retries = new RetryBudget(secondBegan);
        this.line = new RequestQueue(
                () -> pool.waiting() >= pool.settings().queue().limit(),
                () -> pool.settings().queue().timeout().toNanos(),
                this::room);
        pool.joined(this);
    }

    /** Says how other threads reach the owning loop, to wake its line. */
    public void livesOn(Executor owner) {
        loop = owner;
    }

    /** Chooses where a request goes; null where none is left or all are full. Only the owning loop calls this. */
    public @Nullable UpstreamOnLoop choose(SelectionContext asking) {
        follow();
        UpstreamOnLoop among = choice.choose(heard, asking);
        return among == null && heard.length < eligible.length ? choice.choose(eligible, asking) : among;
    }

    /** The pool's settings, as they are now. */
    public PoolSettings settings() {
        return pool.settings();
    }

    /** The members with this loop's counts; may be read from any thread. */
    public List<UpstreamOnLoop> members() {
        return roll.members();
    }

    /** All that there are and were, as of one moment: nobody is in it twice or missing; may be read from any thread. */
    Roll roll() {
        return roll;
    }

    /** What may be tried once more on this loop. */
    public RetryBudget retries() {
        return retries;
    }

    @Override
    public long now() {
        return pool.now();
    }

    /** Where requests wait on this loop. */
    public RequestQueue line() {
        return line;
    }

    /** Lets time pass; to be called some times a second on the owning loop. */
    public void sweep() {
        long now = pool.now();
        follow();
        line.advance();
        line.sweep(now);
        retries.sharedBy(pool.loops());
        retries.pass(now);
        List<UpstreamOnLoop> members = members();
        long heard = 0;
        for (UpstreamOnLoop member : members) {
            member.sweep(now);
            heard += member.heard();
        }
        for (UpstreamOnLoop member : members) {
            member.listen(heard, now);
        }
        chooseAmongHeard();
        for (; now - secondBegan >= SECOND; secondBegan += SECOND) {
            members.forEach(UpstreamOnLoop::forgive);
        }
        if (now - windowBegan >= WINDOW) {
            windowBegan = now;
            members.forEach(member -> member.latencies().rotate());
        }
        if (!roll.leaving().isEmpty()) {
            roll = roll.withoutThoseWhoHaveLeft();
        }
    }

    @Override
    public void requestStarted() {
        retries.request();
    }

    /** A request of this pool ended here: who waits may have its place. */
    @Override
    public void requestEnded() {
        if (line.length() > 0) {
            line.advance();
        }
        if (pool.loops() > 1 && pool.settings().maxInFlight() > 0) {
            pool.roomAgain(this);
        }
    }

    /** Moves the line soon. Any thread may call this. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            loop.execute(() -> {
                woken.set(false);
                line.advance();
            });
        }
    }

    private boolean room() {
        follow();
        for (UpstreamOnLoop server : eligible) {
            if (server.hasRoom()) {
                return true;
            }
        }
        return false;
    }

    /** Those that keep everybody waiting get nothing new, as long as there is another. */
    private void chooseAmongHeard() {
        heard = Arrays.stream(eligible).anyMatch(UpstreamOnLoop::doubted)
                ? Arrays.stream(eligible).filter(member -> !member.doubted()).toArray(UpstreamOnLoop[]::new)
                : eligible;
    }

    /** Takes over a change of the pool, which is a new roster each time. */
    @SuppressWarnings("ReferenceEquality")
    private void follow() {
        EligibleUpstreams roster = pool.roster();
        if (roster != seen) {
            takeOver(roster);
        }
    }

    private void takeOver(EligibleUpstreams roster) {
        if (seen == null || seen.all() != roster.all()) {
            followMembers(roster.all());
        }
        List<Upstream> may = roster.eligible();
        eligible = new UpstreamOnLoop[may.size()];
        int at = 0;
        for (UpstreamOnLoop member : members()) {
            if (at < eligible.length && may.get(at) == member.upstream()) {
                member.share(roster.weights().get(at), roster.settings().maxInFlight());
                eligible[at++] = member;
            }
        }
        chooseAmongHeard();
        if (algorithm != roster.settings().algorithm()) {
            algorithm = roster.settings().algorithm();
            choice = LoadBalancingPolicy.of(algorithm);
        }
        seen = roster;
    }

    /** Who stays keeps its counts. */
    private void followMembers(List<Upstream> all) {
        IdentityHashMap<Upstream, UpstreamOnLoop> known = new IdentityHashMap<>();
        Roll now = roll;
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
        List<UpstreamOnLoop> leaving = new ArrayList<>(now.leaving());
        leaving.addAll(known.values());
        roll = new Roll(List.copyOf(next), List.copyOf(leaving), now.left());
    }
}
