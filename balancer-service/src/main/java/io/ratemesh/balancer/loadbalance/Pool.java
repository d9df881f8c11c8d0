package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.LatencyHistogram;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamGroup;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * The upstreams that can answer the same requests. Changed under its lock, which no request ever takes that goes well; read
 * by all loops: each change is a new list, so that an index never points into one that shrank.
 */
public final class Pool implements UpstreamGroup {

    /** Told of changes, on the thread that made them and after they hold. */
    public interface Listener {

        /**
         * An upstream's availability is another one now.
         *
         * @param before what it was
         */
        void stateChanged(Upstream upstream, UpstreamState before);
    }

    private record Told(Upstream upstream, UpstreamState before) {}

    private final LongSupplier nanos;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<PoolOnLoop> loops = new CopyOnWriteArrayList<>();
    private volatile PoolSettings settings;
    private volatile EligibleUpstreams eligible;
    private boolean serving;
    private long stateSinceNanos;
    private int timesDown;
    private Duration downtime = Duration.ZERO;

    /**
     * With the servers that its settings list.
     *
     * @param nanos the time, as {@link System#nanoTime()} gives it
     */
    public Pool(PoolSettings settings, LongSupplier nanos) {
        this.nanos = nanos;
        this.settings = settings;
        this.stateSinceNanos = nanos.getAsLong();
        this.eligible = EligibleUpstreams.of(List.of(), settings, stateSinceNanos);
        reconfigure(settings);
    }

    public String name() {
        return settings.name();
    }

    @Override
    public PoolSettings settings() {
        return settings;
    }

    /** All of them, in the order they came. The list never changes; a later call may give another one. */
    public List<Upstream> upstreams() {
        return eligible.all();
    }

    public Optional<Upstream> find(String id) {
        return upstreams().stream().filter(upstream -> upstream.id().equals(id)).findFirst();
    }

    /** Adds a newcomer under a name that no other has. */
    public Upstream add(String id, ServerSettings server) {
        Upstream upstream = new Upstream(this, id, server);
        change((now, members) -> members.add(upstream));
        return upstream;
    }

    /** Takes one out. What is under way there ends in peace. */
    public void remove(Upstream upstream) {
        change((now, members) -> members.remove(upstream));
    }

    /**
     * Takes over new settings: of the servers that they list, those that were there keep their state and their counts. Those
     * that are discovered are not touched.
     */
    public void reconfigure(PoolSettings next) {
        change((now, members) -> {
            if (settings.discover().isEmpty() && next.discover().isPresent()) {
                members.clear();
            }
            settings = next;
            if (next.discover().isEmpty()) {
                List<Upstream> listed =
                        next.servers().stream().map(this::existingOrNew).toList();
                members.clear();
                members.addAll(listed);
            }
        });
    }

    private Upstream existingOrNew(ServerSettings server) {
        Upstream upstream = find(server.id()).orElseGet(() -> new Upstream(this, server.id(), server));
        upstream.applySettings(server);
        return upstream;
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Lets time pass, which ends slow starts and ejections; to be called some times a second. */
    public void tick() {
        for (Upstream upstream : upstreams()) {
            UpstreamState availability = upstream.state();
            if (availability == UpstreamState.SLOW_START
                    || availability == UpstreamState.EJECTED
                    || availability == UpstreamState.SUSPECT) {
                change((now, members) -> {});
                return;
            }
        }
    }

    /** What is known of it and of its upstreams. */
    public PoolSnapshot snapshot() {
        long now = now();
        Duration since;
        Duration down;
        int times;
        synchronized (this) {
            since = Duration.ofNanos(Math.max(0, now - stateSinceNanos));
            down = serving ? downtime : downtime.plus(since);
            times = timesDown;
        }
        // Without the lock, which a failed request may be waiting for: adding up takes a while.
        return PoolSnapshot.of(settings, eligible, loops, since, down, times, now);
    }

    /** How long the answers of each upstream took, ever, in the order of {@link #upstreams()}. */
    public Map<Upstream, LatencyHistogram.Ever> latencies() {
        Map<Upstream, LatencyHistogram.Ever> all = new LinkedHashMap<>();
        upstreams().forEach(upstream -> all.put(upstream, new LatencyHistogram.Ever()));
        for (PoolOnLoop loop : loops) {
            for (UpstreamOnLoop member : loop.members()) {
                LatencyHistogram.Ever ever = all.get(member.upstream());
                if (ever != null) {
                    ever.add(member.latencies());
                }
            }
        }
        return all;
    }

    /** Makes a change, draws up the roster anew, and then tells whose availability is another one. */
    @Override
    public void change(Change change) {
        List<Told> told = new ArrayList<>();
        boolean redrawn;
        synchronized (this) {
            long now = now();
            List<Upstream> members = new ArrayList<>(upstreams());
            change.apply(now, members);
            for (Upstream upstream : members) {
                UpstreamState before = upstream.state();
                upstream.updateState(settings, now);
                if (upstream.state() != before) {
                    told.add(new Told(upstream, before));
                }
            }
            EligibleUpstreams next = EligibleUpstreams.of(
                    members.equals(upstreams()) ? upstreams() : List.copyOf(members), settings, now);
            // Most checks change nothing: then the loops have nothing to follow.
            redrawn = !next.equals(eligible);
            if (redrawn) {
                eligible = next;
            }
            countDowntime(now);
        }
        told.forEach(each -> listeners.forEach(listener -> listener.stateChanged(each.upstream(), each.before())));
        if (redrawn) {
            wakeQueues();
        }
    }

    /** Whether so many are left that this one may go. The lock is held. */
    @Override
    public boolean canEject(Upstream upstream) {
        return EligibleUpstreams.canEject(
                upstreams(), upstream, settings.failures().outlier().maxEjected());
    }

    EligibleUpstreams eligible() {
        return eligible;
    }

    @Override
    public long now() {
        return nanos.getAsLong();
    }

    void addLoop(PoolOnLoop loop) {
        loops.add(loop);
    }

    int loopCount() {
        return loops.size();
    }

    /** How many requests wait on all loops. */
    int queuedRequests() {
        int waiting = 0;
        for (PoolOnLoop loop : loops) {
            waiting += loop.queue().length();
        }
        return waiting;
    }

    /** An upstream has room again: on the loop that says so the line has moved already. */
    void capacityFreed(PoolOnLoop here) {
        for (PoolOnLoop loop : loops) {
            if (loop != here && loop.queue().length() > 0) {
                loop.wakeQueue();
            }
        }
    }

    private void wakeQueues() {
        for (PoolOnLoop loop : loops) {
            if (loop.queue().length() > 0) {
                loop.wakeQueue();
            }
        }
    }

    private void countDowntime(long now) {
        boolean serves =
                upstreams().stream().anyMatch(upstream -> upstream.state().isServing());
        if (serves == serving) {
            return;
        }
        if (serves) {
            downtime = downtime.plusNanos(now - stateSinceNanos);
        } else {
            timesDown++;
        }
        serving = serves;
        stateSinceNanos = now;
    }
}
