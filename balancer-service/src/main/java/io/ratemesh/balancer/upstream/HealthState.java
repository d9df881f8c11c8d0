package io.ratemesh.balancer.upstream;

import io.ratemesh.balancer.upstream.outlier.Ejection;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.FailureSettings.Outlier;
import java.time.Duration;

/**
 * The state of one upstream, derived from its checks, its requests, the announcements of its node, its agent and the operator.
 *
 * <pre>
 *             check passed                       slow start is over
 *   CHECKING --------------> SLOW_START --------------------------------> UP
 *                              ^     ^                                    |
 *          rise checks passed  |     |  ejection time over                 |
 *                              |     |                                    |
 *                            DOWN  EJECTED  <--- consecutive failures ----+
 *                              ^                                          |
 *                              +------ fall checks failed, or refused ----+     (both from SLOW_START as well)
 *
 *   UP or SLOW_START, and a loop suspects a hang:              SUSPECT
 *   the node announces DRAINING, or the operator sets drain:   DRAINING, whatever the above is meanwhile
 *   the operator sets maintenance:                             MAINTENANCE, before all others
 *   its agent says drain, 0% or maint:                         the same, unless the operator has set something
 *   its agent says down, fail or stopped:                      DOWN, after all of these
 * </pre>
 *
 * <p>No state is final: DOWN is checked for ever, EJECTED and SUSPECT end with time, and without checks there is no DOWN. Only
 * what a node announces, an agent says and an operator sets lasts until it is revoked.
 *
 * <p>Not thread-safe: the pool's lock is held.
 */
public final class HealthState {

    private enum Health {
        CHECKING,
        UP,
        DOWN
    }

    private final RiseFall checks = new RiseFall();
    private final Ejection ejection = new Ejection();
    private final SlowStart slowStart = new SlowStart();
    private Health health = Health.CHECKING;
    private AdminState adminState = AdminState.READY;
    private AgentState agent = AgentState.NONE;
    private boolean draining;
    private boolean refusingConnections;
    private boolean responsive = true;
    private int suspectingLoops;
    private int checksFailed;
    private int downTransitions;

    /** The state that results from all inputs. */
    UpstreamState state(Duration slowStartTime, long nowNanos) {
        if (isInMaintenance()) {
            return UpstreamState.MAINTENANCE;
        }
        if (adminState == AdminState.DRAIN || draining || agent.drains()) {
            return UpstreamState.DRAINING;
        }
        if (agent.down()) {
            return UpstreamState.DOWN;
        }
        return switch (health) {
            case CHECKING -> UpstreamState.CHECKING;
            case DOWN -> UpstreamState.DOWN;
            case UP -> {
                if (ejection.isActive(nowNanos)) {
                    yield UpstreamState.EJECTED;
                }
                if (suspectingLoops > 0) {
                    yield UpstreamState.SUSPECT;
                }
                yield slowStart.isOver(slowStartTime, nowNanos) ? UpstreamState.UP : UpstreamState.SLOW_START;
            }
        };
    }

    /** Percentage of its weight that counts, 10 to 100. */
    int weightPercent(Duration slowStartTime, long nowNanos) {
        return slowStart.percent(slowStartTime, nowNanos);
    }

    /** Continues its slow start at a pace. */
    void setPace(SlowStart.Pace pace, Duration slowStartTime, long nowNanos) {
        slowStart.setPace(pace, slowStartTime, nowNanos);
    }

    /** Applies the result of a check. */
    void checkCompleted(CheckResult result, CheckSettings settings, long nowNanos) {
        if (isOutOfService()) {
            return;
        }
        boolean passed = result.passed();
        responsive = result.isResponsive();
        refusingConnections = refusingConnections && !passed;
        checks.record(passed);
        switch (health) {
            case CHECKING -> {
                if (passed) {
                    markUp(nowNanos);
                }
            }
            case UP -> {
                if (!passed) {
                    checksFailed++;
                    if (checks.consecutiveFailures() >= settings.fall()) {
                        markDown();
                    }
                }
            }
            case DOWN -> {
                if (checks.consecutivePasses() >= settings.rise()) {
                    markUp(nowNanos);
                }
            }
        }
    }

    /** Without checks it counts as healthy. */
    void assumeHealthy(long nowNanos) {
        if (health != Health.UP) {
            markUp(nowNanos);
        }
        refusingConnections = refusingConnections && ejection.isActive(nowNanos);
    }

    /** A connection was refused. A further report of the same changes nothing. */
    void connectRefused(boolean checked, Outlier outlier, long nowNanos) {
        if (isOutOfService() || health != Health.UP || refusingConnections) {
            return;
        }
        refusingConnections = true;
        if (checked) {
            checks.reset();
            markDown();
        } else {
            eject(outlier, nowNanos);
        }
    }

    /** A request was accepted again. Without checks, that ends the ejection for refused connections. */
    void requestAccepted(boolean checked, long nowNanos) {
        if (refusingConnections && !checked) {
            ejection.end(nowNanos);
            slowStart.begin(nowNanos);
        }
        refusingConnections = false;
    }

    void eject(Outlier outlier, long nowNanos) {
        ejection.eject(outlier, nowNanos);
        slowStart.begin(ejection.untilNanos());
    }

    /** One event loop suspects that it hangs, or does so no longer. */
    void setSuspectedByLoop(boolean suspected) {
        suspectingLoops += suspected ? 1 : -1;
    }

    /** The node announces that it drains. */
    void drainAnnounced() {
        draining = true;
    }

    /** The node announces that it serves again: it starts like a new one. What the operator has set stays. */
    void readyAnnounced() {
        if (draining) {
            draining = false;
            restart();
        }
    }

    /** Applies what the operator sets. After maintenance it starts like a new one, because it may have been replaced. */
    void setAdminState(AdminState next, long nowNanos) {
        boolean wasInMaintenance = isInMaintenance();
        adminState = next;
        restartAfterMaintenance(wasInMaintenance, nowNanos);
    }

    /** Applies what its agent has set. After {@code down} it starts slowly, after maintenance like a new one. */
    void setAgent(AgentState next, long nowNanos) {
        boolean wasInMaintenance = isInMaintenance();
        if (health == Health.UP && agent.down() != next.down()) {
            downTransitions += next.down() ? 1 : 0;
            beginSlowStart(nowNanos);
        }
        agent = next;
        restartAfterMaintenance(wasInMaintenance, nowNanos);
    }

    private void restartAfterMaintenance(boolean wasInMaintenance, long nowNanos) {
        if (wasInMaintenance && !isInMaintenance()) {
            restart();
            ejection.end(nowNanos);
        }
    }

    AdminState adminState() {
        return adminState;
    }

    AgentState agent() {
        return agent;
    }

    /** Whether its agent says that it is down: then it gets no request, even where no other server is left. */
    public boolean isDownByAgent() {
        return agent.down();
    }

    boolean isDraining() {
        return draining;
    }

    public boolean isRefusingConnections() {
        return refusingConnections;
    }

    /** Whether its last check had any response, even a bad one. */
    public boolean isResponsive() {
        return responsive;
    }

    /** Whether the next checks may change the state: then they run at the fast interval. */
    boolean isTransitional() {
        return refusingConnections
                || suspectingLoops > 0
                || switch (health) {
                    case CHECKING -> true;
                    case UP -> checks.consecutiveFailures() > 0;
                    case DOWN -> checks.consecutivePasses() > 0;
                };
    }

    /** HAProxy's check_health: 0 to {@code rise - 1} while down, {@code rise} to {@code rise + fall - 1} while up. */
    int checkHealth(int rise, int fall) {
        return health == Health.UP
                ? Math.max(rise, rise + fall - 1 - checks.consecutiveFailures())
                : Math.min(rise - 1, checks.consecutivePasses());
    }

    int checksFailed() {
        return checksFailed;
    }

    int downTransitions() {
        return downTransitions;
    }

    int ejections() {
        return ejection.total();
    }

    /** Whether checks and failures have no effect: it drains, or is in maintenance. */
    private boolean isOutOfService() {
        return draining || isInMaintenance();
    }

    /** What an operator has set, other than READY, has precedence over the agent. */
    private boolean isInMaintenance() {
        return adminState == AdminState.MAINTENANCE
                || (adminState == AdminState.READY && agent.adminState() == AdminState.MAINTENANCE);
    }

    private void restart() {
        checks.reset();
        refusingConnections = false;
        health = Health.CHECKING;
    }

    private void markUp(long nowNanos) {
        health = Health.UP;
        refusingConnections = false;
        beginSlowStart(nowNanos);
    }

    private void beginSlowStart(long nowNanos) {
        slowStart.begin(ejection.isActive(nowNanos) ? ejection.untilNanos() : nowNanos);
    }

    private void markDown() {
        downTransitions++;
        health = Health.DOWN;
    }
}
