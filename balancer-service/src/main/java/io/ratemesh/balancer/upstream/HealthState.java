package io.ratemesh.balancer.upstream;

import io.ratemesh.balancer.upstream.outlier.Ejection;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.FailureSettings.Outlier;
import java.time.Duration;

/**
 * The availability of one upstream: what its checks, its requests, the node itself and an operator say, brought to one word.
 *
 * <pre>
 *             check passed                       slow start is over
 *   CHECKING --------------> SLOW_START --------------------------------> UP
 *                              ^     ^                                    |
 *          rise checks passed  |     |  its time is over                  |
 *                              |     |                                    |
 *                            DOWN  EJECTED  <--- failures in a row -------+
 *                              ^                                          |
 *                              +------ fall checks failed, or refused ----+     (both from SLOW_START, too)
 *
 *   the node says DRAINING, an operator says drain:  DRAINING     whatever the above is meanwhile;
 *   an operator says maintenance:                    MAINTENANCE  the operator's word goes first
 * </pre>
 *
 * <p>No way leads into a state that nothing leads out of: DOWN is checked for ever, EJECTED ends with time, and where nothing
 * is checked there is no DOWN. Only the words of a node and of an operator last until they are taken back.
 *
 * <p>Not safe for threads: the pool's lock is held.
 */
public final class HealthState {

    private static final int INITIAL_PERCENT = 10;
    private static final int FULL_PERCENT = 100;

    private enum Health {
        CHECKING,
        UP,
        DOWN
    }

    private final RiseFall checks = new RiseFall();
    private final Ejection ejection = new Ejection();
    private Health health = Health.CHECKING;
    private AdminState adminState = AdminState.READY;
    private boolean draining;
    private boolean refusingConnections;
    private boolean responsive = true;
    private int suspectingLoops;
    private long slowStartNanos;
    private int checksFailed;
    private int timesDown;

    /** The word for it all. */
    UpstreamState state(Duration slowStart, long nowNanos) {
        if (adminState == AdminState.MAINTENANCE) {
            return UpstreamState.MAINTENANCE;
        }
        if (adminState == AdminState.DRAIN || draining) {
            return UpstreamState.DRAINING;
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
                yield weightPercent(slowStart, nowNanos) < FULL_PERCENT ? UpstreamState.SLOW_START : UpstreamState.UP;
            }
        };
    }

    /** How much of its weight counts: 10 to 100, by how long it is back. */
    int weightPercent(Duration slowStart, long nowNanos) {
        long whole = slowStart.toNanos();
        long warm = Math.max(0, nowNanos - slowStartNanos);
        return warm >= whole
                ? FULL_PERCENT
                : INITIAL_PERCENT + (int) ((FULL_PERCENT - INITIAL_PERCENT) * ((double) warm / whole));
    }

    /** A check's outcome. */
    void checkCompleted(CheckResult outcome, CheckSettings settings, long nowNanos) {
        if (isOutOfService()) {
            return;
        }
        boolean passed = outcome.passed();
        responsive = outcome.isResponsive();
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

    /** Nothing checks it: it counts as well. */
    void assumeHealthy(long nowNanos) {
        if (health != Health.UP) {
            markUp(nowNanos);
        }
        refusingConnections = refusingConnections && ejection.isActive(nowNanos);
    }

    /** It refused a connection: nobody listens there. A second report of the same changes nothing. */
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

    /** It took a request after all. Where nothing checks it, that is how it shows that it is back. */
    void requestAccepted(boolean checked, long nowNanos) {
        if (refusingConnections && !checked) {
            ejection.end(nowNanos);
            slowStartNanos = nowNanos;
        }
        refusingConnections = false;
    }

    void eject(Outlier outlier, long nowNanos) {
        ejection.eject(outlier, nowNanos);
        slowStartNanos = ejection.untilNanos();
    }

    /** One event loop suspects that it hangs, or does so no longer. */
    void setSuspectedByLoop(boolean suspected) {
        suspectingLoops += suspected ? 1 : -1;
    }

    /** The node says that it leaves. */
    void drainAnnounced() {
        draining = true;
    }

    /** The node says that it stays after all: as a newcomer. An operator's word stands. */
    void readyAnnounced() {
        if (draining) {
            draining = false;
            restart();
        }
    }

    /** The operator's word. Who comes back from maintenance is a newcomer: nobody knows what was done to it. */
    void setAdminState(AdminState wanted, long nowNanos) {
        if (adminState == AdminState.MAINTENANCE && wanted != AdminState.MAINTENANCE) {
            restart();
            ejection.end(nowNanos);
        }
        adminState = wanted;
    }

    AdminState adminState() {
        return adminState;
    }

    boolean isDraining() {
        return draining;
    }

    public boolean isRefusingConnections() {
        return refusingConnections;
    }

    /** Whether its last check got any answer, be it a bad one. */
    public boolean isResponsive() {
        return responsive;
    }

    /** Whether the next checks decide: then they should come soon. */
    boolean isTransitional() {
        return refusingConnections
                || suspectingLoops > 0
                || switch (health) {
                    case CHECKING -> true;
                    case UP -> checks.consecutiveFailures() > 0;
                    case DOWN -> checks.consecutivePasses() > 0;
                };
    }

    /** HAProxy's figure: 0 to {@code rise - 1} while down, then to {@code rise + fall - 1}, where no check failed lately. */
    int checkHealth(int rise, int fall) {
        return health == Health.UP
                ? Math.max(rise, rise + fall - 1 - checks.consecutiveFailures())
                : Math.min(rise - 1, checks.consecutivePasses());
    }

    int checksFailed() {
        return checksFailed;
    }

    int timesDown() {
        return timesDown;
    }

    int ejections() {
        return ejection.total();
    }

    /** Whether it does not matter how it is: it leaves, or is worked upon. */
    private boolean isOutOfService() {
        return draining || adminState == AdminState.MAINTENANCE;
    }

    private void restart() {
        checks.reset();
        refusingConnections = false;
        health = Health.CHECKING;
    }

    private void markUp(long nowNanos) {
        health = Health.UP;
        refusingConnections = false;
        slowStartNanos = ejection.isActive(nowNanos) ? ejection.untilNanos() : nowNanos;
    }

    private void markDown() {
        timesDown++;
        health = Health.DOWN;
    }
}
