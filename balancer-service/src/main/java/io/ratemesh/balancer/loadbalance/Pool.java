package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.LatencyHistogram;
import io.ratemesh.balancer.upstream.SlowStart.Pace;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamGroup;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Upstreams that can serve the same requests. Changed under its lock, which no successful request takes; read by all event loops:
 * each change makes a new list.
 */
public final class Pool implements UpstreamGroup {

    /** Notified of changes after they are visible, on the thread that made them. */
    public interface StateListener {

        /**
         * The state of an upstream has changed.
         *
         * @param before the state before
         */
        void stateChanged(Upstream upstream, UpstreamState before);
    }

    private record StateChange(Upstream upstream, UpstreamState before) {}

    private final LongSupplier nanos;
    private final List<StateListener> listeners = new CopyOnWriteArrayList<>();
    private final List<PoolOnLoop> loops = new CopyOnWriteArrayList<>();
    private final SlowStartPacer pacer;
    private volatile PoolSettings settings;
    private volatile UpstreamTransport transport = UpstreamTransport.PLAIN;
    private volatile EligibleUpstreams eligible;
    private volatile Optional<DnsStatus> dnsStatus = Optional.empty();
    private PoolAvailability availability;

    /**
     * Creates a pool with the servers that its settings list.
     *
     * @param nanos the time, as {@link System#nanoTime()} gives it
     */
    public Pool(PoolSettings settings, LongSupplier nanos) {
        this.nanos = nanos;
        this.settings = settings;
        long now = nanos.getAsLong();
        this.pacer = new SlowStartPacer(now);
        this.availability = PoolAvailability.initial(now);
        this.eligible = EligibleUpstreams.of(List.of(), settings, now);
        reconfigure(settings);
    }

    public String name() {
        return settings.name();
    }

    @Override
    public PoolSettings settings() {
        return settings;
    }

    /** All upstreams in the order in which they were added, as an immutable snapshot. */
    public List<Upstream> upstreams() {
        return eligible.all();
    }

    public Optional<Upstream> find(String id) {
        return upstreams().stream().filter(upstream -> upstream.id().equals(id)).findFirst();
    }

    /** Adds an upstream under a unique id. */
    public Upstream add(String id, ServerSettings server) {
        Upstream upstream = new Upstream(this, id, server);
        change((now, members) -> members.add(upstream));
        return upstream;
    }

    /** Removes an upstream. Its requests under way continue. */
    public void remove(Upstream upstream) {
        change((now, members) -> members.remove(upstream));
    }

    /** Makes these its servers. Those present keep their state and their counts; requests under way at others continue. */
    public void list(List<ServerSettings> servers) {
        change((now, members) -> list(servers, members));
    }

    private void list(List<ServerSettings> servers, List<Upstream> members) {
        List<Upstream> listed = servers.stream().map(this::existingOrNew).toList();
        members.clear();
        members.addAll(listed);
    }

    /** How DNS fills it; empty where it has another source. */
    public void setDnsStatus(Optional<DnsStatus> next) {
        dnsStatus = next;
    }

    /**
     * Applies new settings. Of the servers that they list, those present keep their state and their counts. Discovered upstreams
     * stay, and where DNS is a new source the servers stay until it has named others.
     */
    public void reconfigure(PoolSettings next) {
        change((now, members) -> {
            if (settings.discover().isEmpty() && next.discover().isPresent()) {
                members.clear();
            }
            settings = next;
            if (next.isListed()) {
                list(next.servers(), members);
            }
        });
    }

    /** How connections to its upstreams are made ready; the same object until that changes. */
    public UpstreamTransport transport() {
        return transport;
    }

    /** From now on connections are made ready in this way. Those that were made in another are not used again. */
    public void use(UpstreamTransport next) {
        if (!next.equals(transport)) {
            transport = next;
        }
    }

    private Upstream existingOrNew(ServerSettings server) {
        Upstream upstream = find(server.id()).orElseGet(() -> new Upstream(this, server.id(), server));
        upstream.applySettings(server);
        return upstream;
    }

    public void addListener(StateListener listener) {
        listeners.add(listener);
    }

    /** Updates what changes with time: slow starts, ejections and suspicions; to be called several times a second on one thread. */
    public void tick() {
        Set<UpstreamState> states = EnumSet.noneOf(UpstreamState.class);
        upstreams().forEach(upstream -> states.add(upstream.state()));
        if (states.contains(UpstreamState.SLOW_START)) {
            Map<Upstream, Pace> paces = pacer.compare(upstreams(), loops, now());
            change((now, members) -> paces.forEach((upstream, pace) -> upstream.setPace(pace, now)));
        } else if (states.contains(UpstreamState.EJECTED) || states.contains(UpstreamState.SUSPECT)) {
            change((now, members) -> {});
        }
    }

    /** A snapshot of the pool and its upstreams. */
    public PoolSnapshot snapshot() {
        long now = now();
        PoolAvailability available;
        synchronized (this) {
            available = availability;
        }
        // Without the lock, because adding up takes long and failed requests need it.
        return PoolSnapshot.of(settings, eligible, loops, available, dnsStatus, now);
    }

    /** Requests in flight at the upstreams or queued for them, without streams. */
    public int requests() {
        long inFlight =
                upstreams().stream().mapToLong(Upstream::requestsInFlight).sum();
        int streams = loops.stream().mapToInt(PoolOnLoop::streams).sum();
        return (int) Math.max(0, inFlight - streams) + queuedRequests();
    }

    /** The latencies of each upstream since the start, in the order of {@link #upstreams()}. */
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

    /** Applies a change, computes the eligible upstreams, and notifies listeners of changed states. */
    @Override
    public void change(Change change) {
        List<StateChange> changes = new ArrayList<>();
        boolean eligibleChanged;
        synchronized (this) {
            long now = now();
            List<Upstream> members = new ArrayList<>(upstreams());
            change.apply(now, members);
            for (Upstream upstream : members) {
                UpstreamState before = upstream.state();
                upstream.updateState(settings, now);
                if (upstream.state() != before) {
                    changes.add(new StateChange(upstream, before));
                }
            }
            EligibleUpstreams next = EligibleUpstreams.of(
                    members.equals(upstreams()) ? upstreams() : List.copyOf(members), settings, now);
            // Most checks change nothing: then event loops need no update.
            eligibleChanged = !next.equals(eligible);
            if (eligibleChanged) {
                eligible = next;
            }
            availability = availability.with(
                    upstreams().stream().anyMatch(upstream -> upstream.state().isServing()), now);
        }
        changes.forEach(each -> listeners.forEach(listener -> listener.stateChanged(each.upstream(), each.before())));
        if (eligibleChanged) {
            wakeQueues();
        }
    }

    /** Whether one more upstream may be ejected. The lock is held. */
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

    /** The number of queued requests on all event loops. */
    int queuedRequests() {
        int waiting = 0;
        for (PoolOnLoop loop : loops) {
            waiting += loop.queue().length();
        }
        return waiting;
    }

    /** An upstream has capacity again; the queue of the reporting loop is served already. */
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
}
