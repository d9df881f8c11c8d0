package io.ratemesh.balancer.upstream;

import io.ratemesh.node.settings.CheckSettings;
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

    private static final int COLD_PERCENT = 10;
    private static final int FULL_PERCENT = 100;

    private enum Health {
        CHECKING,
        UP,
        DOWN
    }

    private final RiseFall checks = new RiseFall();
    private final Ejection ejection = new Ejection();
    private Health health = Health.CHECKING;
    private AdminState admin = AdminState.READY;
    private boolean leaving;
    private boolean refusing;
    private boolean answering = true;
    private long warmingSinceNanos;
    private int checksFailed;
    private int timesDown;

    /** The word for it all. */
    UpstreamState availability(Duration slowStart, long nowNanos) {
        if (admin == AdminState.MAINTENANCE) {
            return UpstreamState.MAINTENANCE;
        }
        if (admin == AdminState.DRAIN || leaving) {
            return UpstreamState.DRAINING;
        }
        return switch (health) {
            case CHECKING -> UpstreamState.CHECKING;
            case DOWN -> UpstreamState.DOWN;
            case UP -> {
                if (ejection.holds(nowNanos)) {
                    yield UpstreamState.EJECTED;
                }
                yield percent(slowStart, nowNanos) < FULL_PERCENT ? UpstreamState.SLOW_START : UpstreamState.UP;
            }
        };
    }

    /** How much of its weight counts: 10 to 100, by how long it is back. */
    int percent(Duration slowStart, long nowNanos) {
        long whole = slowStart.toNanos();
        long warm = Math.max(0, nowNanos - warmingSinceNanos);
        return warm >= whole
                ? FULL_PERCENT
                : COLD_PERCENT + (int) ((FULL_PERCENT - COLD_PERCENT) * ((double) warm / whole));
    }

    /** A check's outcome. */
    void checked(CheckResult outcome, CheckSettings settings, long nowNanos) {
        if (letBe()) {
            return;
        }
        boolean passed = outcome.passed();
        answering = outcome.answered();
        refusing = refusing && !passed;
        checks.count(passed);
        switch (health) {
            case CHECKING -> {
                if (passed) {
                    up(nowNanos);
                }
            }
            case UP -> {
                if (!passed) {
                    checksFailed++;
                    if (checks.failed() >= settings.fall()) {
                        down();
                    }
                }
            }
            case DOWN -> {
                if (checks.passed() >= settings.rise()) {
                    up(nowNanos);
                }
            }
        }
    }

    /** Nothing checks it: it counts as well. */
    void unchecked(long nowNanos) {
        if (health != Health.UP) {
            up(nowNanos);
        }
        refusing = refusing && ejection.holds(nowNanos);
    }

    /** It refused a connection: nobody listens there. A second report of the same changes nothing. */
    void refused(boolean checked, long nowNanos) {
        if (letBe() || health != Health.UP || refusing) {
            return;
        }
        refusing = true;
        if (checked) {
            checks.forget();
            down();
        } else {
            eject(nowNanos);
        }
    }

    /** It took a request after all. Where nothing checks it, that is how it shows that it is back. */
    void accepts(boolean checked, long nowNanos) {
        if (refusing && !checked) {
            ejection.pardon(nowNanos);
            warmingSinceNanos = nowNanos;
        }
        refusing = false;
    }

    void eject(long nowNanos) {
        ejection.begin(nowNanos);
        warmingSinceNanos = ejection.untilNanos();
    }

    /** The node says that it leaves. */
    void leaves() {
        leaving = true;
    }

    /** The node says that it stays after all: as a newcomer. An operator's word stands. */
    void stays() {
        if (leaving) {
            leaving = false;
            startOver();
        }
    }

    /** The operator's word. Who comes back from maintenance is a newcomer: nobody knows what was done to it. */
    void admin(AdminState wanted, long nowNanos) {
        if (admin == AdminState.MAINTENANCE && wanted != AdminState.MAINTENANCE) {
            startOver();
            ejection.pardon(nowNanos);
        }
        admin = wanted;
    }

    AdminState admin() {
        return admin;
    }

    boolean leaving() {
        return leaving;
    }

    public boolean refusing() {
        return refusing;
    }

    /** Whether its last check got any answer, be it a bad one. */
    public boolean answering() {
        return answering;
    }

    /** Whether the next checks decide: then they should come soon. */
    boolean inDoubt() {
        return refusing
                || switch (health) {
                    case CHECKING -> true;
                    case UP -> checks.failed() > 0;
                    case DOWN -> checks.passed() > 0;
                };
    }

    /** HAProxy's figure: 0 to {@code rise - 1} while down, then to {@code rise + fall - 1}, where no check failed lately. */
    int checkHealth(int rise, int fall) {
        return health == Health.UP
                ? Math.max(rise, rise + fall - 1 - checks.failed())
                : Math.min(rise - 1, checks.passed());
    }

    int checksFailed() {
        return checksFailed;
    }

    int timesDown() {
        return timesDown;
    }

    int ejections() {
        return ejection.ever();
    }

    /** Whether it does not matter how it is: it leaves, or is worked upon. */
    private boolean letBe() {
        return leaving || admin == AdminState.MAINTENANCE;
    }

    private void startOver() {
        checks.forget();
        refusing = false;
        health = Health.CHECKING;
    }

    private void up(long nowNanos) {
        health = Health.UP;
        refusing = false;
        warmingSinceNanos = ejection.holds(nowNanos) ? ejection.untilNanos() : nowNanos;
    }

    private void down() {
        timesDown++;
        health = Health.DOWN;
    }
}
