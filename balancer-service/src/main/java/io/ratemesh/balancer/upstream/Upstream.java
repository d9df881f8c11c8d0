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
 * One server of a pool and its state. Read by every event loop; changed by health checks, by failed requests, by discovery and by
 * operators. Each change is made by the pool under its lock.
 */
public final class Upstream {

    private static final int MAX_WEIGHT = 256;
    private static final int FULL_PERCENT = 100;
    private static final String LOCALHOST = "localhost";

    private final UpstreamGroup group;
    private final String id;
    private final String host;
    private final int port;
    private final Optional<String> unixPath;
    private final String serverName;
    private final String authority;
    private final UpstreamAddresses addresses;
    private final HealthState health = new HealthState();
    private final ConsecutiveFailures failures = new ConsecutiveFailures();
    private final ConsecutiveBrokenResponses brokenResponses = new ConsecutiveBrokenResponses();
    private final InFlight inFlight = new InFlight();
    private volatile UpstreamState state = UpstreamState.CHECKING;
    private volatile @Nullable CheckResult lastCheck;
    private volatile @Nullable CheckResult lastAgentCheck;
    private volatile boolean refusingConnections;
    private volatile boolean draining;
    private volatile boolean lost;
    private ServerSettings settings;
    private int weight;
    private long stateSinceNanos;
    private Duration downtime = Duration.ZERO;

    public Upstream(UpstreamGroup group, String id, ServerSettings settings) {
        this.group = group;
        this.id = id;
        this.host = settings.host();
        this.port = settings.port();
        this.unixPath = ServerSettings.unixPath(host);
        this.serverName = unixPath.isPresent() ? LOCALHOST : host;
        this.authority = unixPath.isPresent() ? LOCALHOST : IpAddresses.withPort(host, port);
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

    /** The addresses to connect to. */
    public UpstreamAddresses addresses() {
        return addresses;
    }

    /** Sets the addresses that its name has now, at least one. Returns whether they differ from those before. */
    public boolean setAddresses(List<InetAddress> all) {
        boolean changed = addresses.replace(all);
        if (changed) {
            // Without checks it serves requests from now on.
            group.change((now, members) -> {});
        }
        return changed;
    }

    /** Records why its name cannot be resolved. */
    public void setResolveError(String why) {
        addresses.resolveFailed(why);
    }

    /** The path of its unix socket; empty where it has an address and a port. */
    public Optional<String> unixPath() {
        return unixPath;
    }

    /** What its certificate must be for: its host, or {@code localhost} for a unix socket. */
    public String serverName() {
        return serverName;
    }

    /** Host and port as {@code Host} has them; {@code localhost} for a unix socket. */
    public String authority() {
        return authority;
    }

    public UpstreamState state() {
        return state;
    }

    /** The result of the last check; empty before the first. */
    public Optional<CheckResult> lastCheck() {
        return Optional.ofNullable(lastCheck);
    }

    /** Requests under way, on all event loops. */
    public long requestsInFlight() {
        return inFlight.sum();
    }

    /** The time since the last change of state. */
    public Duration timeInState() {
        synchronized (group) {
            return Duration.ofNanos(group.now() - stateSinceNanos);
        }
    }

    /** Applies the result of a check. */
    public void checkCompleted(CheckResult result) {
        lastCheck = result;
        group.change(
                (now, members) -> health.checkCompleted(result, group.settings().check(), now));
    }

    /** Applies what its agent says; one that cannot be asked changes nothing. */
    public void agentReported(CheckResult result, AgentReport report) {
        lastAgentCheck = result;
        if (report.isUnderstood()) {
            group.change((now, members) -> health.setAgent(health.agent().with(report), now));
        }
    }

    /** Why it is down, as its agent or its last check says. */
    public String downReason() {
        CheckResult last = health.isDownByAgent() ? lastAgentCheck : lastCheck;
        return last == null ? "" : last.detail();
    }

    /** A connection was refused: it is marked down, or ejected where there are no checks. */
    public void connectRefused() {
        if (!refusingConnections) {
            group.change(
                    (now, members) -> health.connectRefused(group.settings().hasChecks(), outlier(), now));
        }
    }

    /** A connection timed out, or broke before a good response head. */
    void connectionFailed() {
        if (failures.connectionFailed(outlier().consecutiveFailures(), group.now())) {
            ejectIfAllowed();
        }
    }

    /** A response ended early whose head was received at {@code startNanos}. */
    void responseBroken(long startNanos) {
        if (brokenResponses.responseBroken(startNanos, outlier().consecutiveBrokenResponses(), group.now())) {
            ejectIfAllowed();
        }
    }

    /** A response was received completely. */
    void responseCompleted() {
        brokenResponses.reset();
    }

    /** A response had a status of 500 or more. */
    void serverError() {
        requestAccepted();
        if (failures.serverError(outlier().consecutiveFailures())) {
            ejectIfAllowed();
        }
    }

    /** A response had a status below 500. */
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

    /** The node announces that it drains. */
    public void drainAnnounced() {
        if (!draining) {
            group.change((now, members) -> health.drainAnnounced());
        }
    }

    /** The node has left the cluster, or is silent. */
    public void nodeLost() {
        lost = true;
    }

    /** Whether its node has left the cluster. */
    public boolean isLost() {
        return lost;
    }

    /** The node announces that it serves. That revokes its own announcement, and nothing that an operator has set. */
    public void readyAnnounced() {
        if (draining) {
            group.change((now, members) -> health.readyAnnounced());
        }
    }

    /** Applies what an operator sets. */
    public void setAdminState(AdminState next) {
        group.change((now, members) -> health.setAdminState(next, now));
    }

    /**
     * An operator sets the weight. It holds until the settings have a new one.
     *
     * @param next relative to the others, 1 to 256
     * @throws IllegalArgumentException if it is not in that range
     */
    public void setWeight(int next) {
        if (next < 1 || next > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + next + "; must be 1 to " + MAX_WEIGHT);
        }
        group.change((now, members) -> weight = next);
    }

    /** Whether checks run at the fast interval, because the next ones may change the state. */
    public boolean needsFastChecks() {
        synchronized (group) {
            return health.isTransitional();
        }
    }

    /** Applies new settings of the same server. The pool's lock is held. */
    public void applySettings(ServerSettings next) {
        if (next.weight() != settings.weight()) {
            weight = next.weight();
        }
        settings = next;
    }

    /** Derives the state anew. The pool's lock is held. */
    public void updateState(PoolSettings pooled, long now) {
        if (!pooled.hasChecks() && addresses.current() != null) {
            health.assumeHealthy(now);
        }
        if (pooled.check().agent().isEmpty() && !health.agent().equals(AgentState.NONE)) {
            // The settings have no agent any more, so nothing could revoke what it has set.
            health.setAgent(AgentState.NONE, now);
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

    /** Its weight in hundredths, as its agent says, and reduced during slow start. The pool's lock is held. */
    public int effectiveWeight(Duration slowStart, long now) {
        int percent = state.isServing() ? health.weightPercent(slowStart, now) : FULL_PERCENT;
        int full = Math.min(MAX_WEIGHT * FULL_PERCENT, weight * health.agent().weightPercent());
        return Math.max(1, full * percent / FULL_PERCENT);
    }

    /** Requests in flight at which it gets no more, over all event loops; 0 is no limit. The pool's lock is held. */
    public int maxInFlight(PoolSettings pooled) {
        int ofAgent = health.agent().maxInFlight();
        return ofAgent > 0 ? ofAgent : pooled.maxInFlight();
    }

    /** Continues its slow start at a pace. The pool's lock is held. */
    public void setPace(SlowStart.Pace pace, long now) {
        health.setPace(pace, group.settings().slowStart(), now);
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** A snapshot of its state and its counts. */
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
                    health.downTransitions(),
                    health.ejections(),
                    lastCheck(),
                    health.agent(),
                    Optional.ofNullable(lastAgentCheck),
                    health.checkHealth(rise, fall),
                    rise,
                    fall,
                    counts,
                    median,
                    slowest);
        }
    }
}
