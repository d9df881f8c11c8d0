package io.ratemesh.balancer.upstream;

import io.ratemesh.balancer.upstream.outlier.ConsecutiveBrokenResponses;
import io.ratemesh.balancer.upstream.outlier.ConsecutiveFailures;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.FailureSettings.Outlier;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One server of a pool and its availability. Read by every event loop; told by the one that checks, by any loop whose request
 * failed there, by discovery and by operators. Each change goes through the pool, which holds its lock for it.
 */
public final class Upstream {

    private static final int MAX_WEIGHT = 256;

    private final UpstreamGroup group;
    private final String id;
    private final String host;
    private final int port;
    private final String authority;
    private final UpstreamAddresses addresses;
    private final HealthState health = new HealthState();
    private final ConsecutiveFailures failures = new ConsecutiveFailures();
    private final ConsecutiveBrokenResponses brokenResponses = new ConsecutiveBrokenResponses();
    private final InFlight inFlight = new InFlight();
    private volatile UpstreamState state = UpstreamState.CHECKING;
    private volatile @Nullable CheckResult lastCheck;
    private volatile boolean refusingConnections;
    private volatile boolean draining;
    private ServerSettings settings;
    private int weight;
    private long stateSinceNanos;
    private Duration downtime = Duration.ZERO;

    public Upstream(UpstreamGroup group, String id, ServerSettings settings) {
        this.group = group;
        this.id = id;
        this.host = settings.host();
        this.port = settings.port();
        this.authority = IpAddresses.withPort(host, port);
        this.addresses = new UpstreamAddresses(host);
        this.settings = settings;
        this.weight = settings.weight();
        this.stateSinceNanos = group.now();
    }

    public String id() {
        return id;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** Where it is connected to. */
    public UpstreamAddresses addresses() {
        return addresses;
    }

    /** Its name has these addresses now, at least one. Returns whether it had others before. */
    public boolean setAddresses(List<InetAddress> all) {
        boolean others = addresses.replace(all);
        if (others) {
            // Where nothing is checked, it takes requests from now on.
            group.change((now, members) -> {});
        }
        return others;
    }

    /** Its name cannot be resolved. */
    public void setResolveError(String why) {
        addresses.resolveFailed(why);
    }

    /** Host and port as {@code Host} has them. */
    public String authority() {
        return authority;
    }

    public UpstreamState state() {
        return state;
    }

    /** The last check's outcome; empty before the first. */
    public Optional<CheckResult> lastCheck() {
        return Optional.ofNullable(lastCheck);
    }

    /** Requests under way there, on all loops. */
    public long requestsInFlight() {
        return inFlight.sum();
    }

    /** How long its availability is what it is. */
    public Duration timeInState() {
        synchronized (group) {
            return Duration.ofNanos(group.now() - stateSinceNanos);
        }
    }

    /** Takes a check's outcome into account. */
    public void checkCompleted(CheckResult outcome) {
        lastCheck = outcome;
        group.change((now, members) ->
                health.checkCompleted(outcome, group.settings().check(), now));
    }

    /** It refused a connection: nobody listens there. It is out at once and back as its checks, or time, say. */
    public void connectRefused() {
        if (!refusingConnections) {
            group.change(
                    (now, members) -> health.connectRefused(group.settings().hasChecks(), outlier(), now));
        }
    }

    /** A connection there broke, and not amid an answer that had begun well, or did not come about in time. */
    void connectionFailed() {
        if (failures.connectionFailed(outlier().consecutiveFailures(), group.now())) {
            ejectIfAllowed();
        }
    }

    /** An answer broke in the middle whose head came at {@code begunNanos}. */
    void responseBroken(long begunNanos) {
        if (brokenResponses.responseBroken(begunNanos, outlier().consecutiveBrokenResponses(), group.now())) {
            ejectIfAllowed();
        }
    }

    /** An answer came to its end. */
    void responseCompleted() {
        brokenResponses.reset();
    }

    /** It answered with a server's error. */
    void serverError() {
        requestAccepted();
        if (failures.serverError(outlier().consecutiveFailures())) {
            ejectIfAllowed();
        }
    }

    /** It answered well. */
    void responseSucceeded() {
        requestAccepted();
        failures.reset();
    }

    private void requestAccepted() {
        if (refusingConnections) {
            group.change(
                    (now, members) -> health.requestAccepted(group.settings().hasChecks(), now));
        }
    }

    private void ejectIfAllowed() {
        group.change((now, members) -> {
            if (state.isServing() && group.canEject(this)) {
                health.eject(outlier(), now);
                failures.reset();
                brokenResponses.reset();
            }
        });
    }

    /** One event loop suspects that it hangs, or does so no longer. It is SUSPECT as long as any does. */
    void setSuspectedByLoop(boolean suspected) {
        group.change((now, members) -> health.setSuspectedByLoop(suspected));
    }

    private Outlier outlier() {
        return group.settings().failures().outlier();
    }

    /** The node says that it leaves. */
    public void drainAnnounced() {
        if (!draining) {
            group.change((now, members) -> health.drainAnnounced());
        }
    }

    /** The node says that it serves. That undoes what it said before, and nothing that an operator said. */
    public void readyAnnounced() {
        if (draining) {
            group.change((now, members) -> health.readyAnnounced());
        }
    }

    /** An operator says what is to become of it. */
    public void setAdminState(AdminState wanted) {
        group.change((now, members) -> health.setAdminState(wanted, now));
    }

    /**
     * An operator gives it another share. It holds until the settings give it a new one.
     *
     * @param share beside the others, 1 to 256
     * @throws IllegalArgumentException if it is not in that range
     */
    public void setWeight(int share) {
        if (share < 1 || share > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + share + " (expected: 1 to " + MAX_WEIGHT + ")");
        }
        group.change((now, members) -> weight = share);
    }

    /** Whether the next checks decide: then they come sooner. */
    public boolean needsFastChecks() {
        synchronized (group) {
            return health.isTransitional();
        }
    }

    /** Takes over new settings of the same server. The pool's lock is held. */
    public void applySettings(ServerSettings next) {
        if (next.weight() != settings.weight()) {
            weight = next.weight();
        }
        settings = next;
    }

    /** Brings the word for it up to date. The pool's lock is held. */
    public void updateState(PoolSettings pooled, long now) {
        if (!pooled.hasChecks() && addresses.current() != null) {
            health.assumeHealthy(now);
        }
        refusingConnections = health.isRefusingConnections();
        draining = health.isDraining();
        UpstreamState next = health.state(pooled.slowStart(), now);
        if (next != state) {
            if (state == UpstreamState.DOWN) {
                downtime = downtime.plusNanos(now - stateSinceNanos);
            }
            stateSinceNanos = now;
            state = next;
        }
    }

    public HealthState health() {
        return health;
    }

    public boolean isBackup() {
        return settings.backup();
    }

    /** Its share in hundredths, as far as it is warm. The pool's lock is held. */
    public int effectiveWeight(Duration slowStart, long now) {
        return weight * (state.isServing() ? health.weightPercent(slowStart, now) : 100);
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** What is known of it. */
    public UpstreamSnapshot snapshot(
            PoolSettings pooled, UpstreamCounts counts, LatencyHistogram.Sum latencies, long now) {
        Duration median = Duration.ofNanos(latencies.quantile(0.5));
        Duration slowest = Duration.ofNanos(latencies.quantile(0.99));
        synchronized (group) {
            int rise = pooled.check().rise();
            int fall = pooled.check().fall();
            Duration since = Duration.ofNanos(Math.max(0, now - stateSinceNanos));
            return new UpstreamSnapshot(
                    id,
                    host,
                    port,
                    addresses.currentFirst(),
                    addresses.resolveError(),
                    settings.backup(),
                    weight,
                    health.weightPercent(pooled.slowStart(), now),
                    state,
                    health.adminState(),
                    health.isDraining(),
                    since,
                    state == UpstreamState.DOWN ? downtime.plus(since) : downtime,
                    health.checksFailed(),
                    health.timesDown(),
                    health.ejections(),
                    lastCheck(),
                    health.checkHealth(rise, fall),
                    rise,
                    fall,
                    counts,
                    median,
                    slowest);
        }
    }
}
