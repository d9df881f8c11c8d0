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
        void changed(Upstream upstream, UpstreamState before);
    }

    private record Told(Upstream upstream, UpstreamState before) {}

    private final LongSupplier nanos;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<PoolOnLoop> loops = new CopyOnWriteArrayList<>();
    private volatile PoolSettings settings;
    private volatile EligibleUpstreams roster;
    private boolean serving;
    private long sinceNanos;
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
        this.sinceNanos = nanos.getAsLong();
        this.roster = EligibleUpstreams.of(List.of(), settings, sinceNanos);
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
        return roster.all();
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
                List<Upstream> listed = next.servers().stream().map(this::known).toList();
                members.clear();
                members.addAll(listed);
            }
        });
    }

    private Upstream known(ServerSettings server) {
        Upstream upstream = find(server.id()).orElseGet(() -> new Upstream(this, server.id(), server));
        upstream.settings(server);
        return upstream;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Lets time pass, which ends slow starts and ejections; to be called some times a second. */
    public void tick() {
        for (Upstream upstream : upstreams()) {
            UpstreamState availability = upstream.availability();
            if (availability == UpstreamState.SLOW_START || availability == UpstreamState.EJECTED) {
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
            since = Duration.ofNanos(Math.max(0, now - sinceNanos));
            down = serving ? downtime : downtime.plus(since);
            times = timesDown;
        }
        // Without the lock, which a failed request may be waiting for: adding up takes a while.
        return PoolSnapshot.of(settings, roster, loops, since, down, times, now);
    }

    /** How long the answers of each upstream took, ever, in the order of {@link #upstreams()}. */
    public Map<Upstream, LatencyHistogram.Ever> firstBytes() {
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
            change.make(now, members);
            for (Upstream upstream : members) {
                UpstreamState before = upstream.availability();
                upstream.derive(settings, now);
                if (upstream.availability() != before) {
                    told.add(new Told(upstream, before));
                }
            }
            EligibleUpstreams next = EligibleUpstreams.of(
                    members.equals(upstreams()) ? upstreams() : List.copyOf(members), settings, now);
            // Most checks change nothing: then the loops have nothing to follow.
            redrawn = !next.equals(roster);
            if (redrawn) {
                roster = next;
            }
            countDowntime(now);
        }
        told.forEach(each -> listeners.forEach(listener -> listener.changed(each.upstream(), each.before())));
        if (redrawn) {
            wakeWaiting();
        }
    }

    /** Whether so many are left that this one may go. The lock is held. */
    @Override
    public boolean mayEject(Upstream upstream) {
        return EligibleUpstreams.mayLose(upstreams(), upstream);
    }

    EligibleUpstreams roster() {
        return roster;
    }

    @Override
    public long now() {
        return nanos.getAsLong();
    }

    void joined(PoolOnLoop loop) {
        loops.add(loop);
    }

    int loops() {
        return loops.size();
    }

    /** How many requests wait on all loops. */
    int waiting() {
        int waiting = 0;
        for (PoolOnLoop loop : loops) {
            waiting += loop.line().length();
        }
        return waiting;
    }

    /** An upstream has room again: on the loop that says so the line has moved already. */
    void roomAgain(PoolOnLoop here) {
        for (PoolOnLoop loop : loops) {
            if (loop != here && loop.line().length() > 0) {
                loop.wake();
            }
        }
    }

    private void wakeWaiting() {
        for (PoolOnLoop loop : loops) {
            if (loop.line().length() > 0) {
                loop.wake();
            }
        }
    }

    private void countDowntime(long now) {
        boolean serves = upstreams().stream()
                .anyMatch(upstream -> upstream.availability().takesRequests());
        if (serves == serving) {
            return;
        }
        if (serves) {
            downtime = downtime.plusNanos(now - sinceNanos);
        } else {
            timesDown++;
        }
        serving = serves;
        sinceNanos = now;
    }
}
