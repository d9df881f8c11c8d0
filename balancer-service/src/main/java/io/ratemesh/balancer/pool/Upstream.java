package io.ratemesh.balancer.pool;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One server of a pool and its availability.
 *
 * <pre>
 *              check passed             refused, or fall checks failed
 *   CHECKING ---------------->  UP  ------------------------------------>  DOWN
 *      ^                        |  &lt;------------------------------------
 *      |  ready again           | leaves        rise checks passed
 *      +-----------------  DRAINING
 * </pre>
 *
 * <p>Read by every event loop; changed by the one that checks, and by any loop whose connect was refused.
 */
public final class Upstream {

    private final String id;
    private final String host;
    private final int port;
    private final InstantSource clock;
    private final RiseFall checks;
    private volatile Availability availability = Availability.CHECKING;
    private volatile Instant since;
    private volatile @Nullable CheckOutcome lastCheck;
    private int checksFailed;
    private int timesDown;

    /**
     * A newcomer.
     *
     * @param id its name in the pool
     * @param host its address
     * @param port its port
     * @param rise passed checks in a row after which one that was down is up
     * @param fall failed checks in a row after which one that was up is down
     */
    public Upstream(String id, String host, int port, int rise, int fall, InstantSource clock) {
        this.id = id;
        this.host = host;
        this.port = port;
        this.clock = clock;
        this.checks = new RiseFall(rise, fall);
        this.since = clock.instant();
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

    public Availability availability() {
        return availability;
    }

    /** When the availability last changed. */
    public Instant since() {
        return since;
    }

    /** The last check's outcome; empty before the first. */
    public Optional<CheckOutcome> lastCheck() {
        return Optional.ofNullable(lastCheck);
    }

    /** Checks that failed while it was up. */
    public synchronized int checksFailed() {
        return checksFailed;
    }

    /** How often it went from up to down. */
    public synchronized int timesDown() {
        return timesDown;
    }

    /** Takes a check's outcome into account. */
    public synchronized void checked(CheckOutcome outcome) {
        lastCheck = outcome;
        checks.count(outcome.passed());
        switch (availability) {
            case CHECKING -> {
                if (outcome.passed()) {
                    become(Availability.UP);
                }
            }
            case UP -> {
                if (!outcome.passed()) {
                    checksFailed++;
                    if (checks.fallen()) {
                        goDown();
                    }
                }
            }
            case DOWN -> {
                if (checks.risen()) {
                    become(Availability.UP);
                }
            }
            case DRAINING -> {
                // It leaves; how it is does not matter any more.
            }
        }
    }

    /** It refused a connection: it is down at once, and comes back as after failed checks. */
    public synchronized void refused() {
        if (availability == Availability.UP || availability == Availability.CHECKING) {
            checks.forget();
            goDown();
        }
    }

    /** It leaves. */
    public synchronized void drain() {
        if (availability != Availability.DRAINING) {
            become(Availability.DRAINING);
        }
    }

    /** It stays after all: as a newcomer. */
    public synchronized void undrain() {
        if (availability == Availability.DRAINING) {
            checks.forget();
            become(Availability.CHECKING);
        }
    }

    private void goDown() {
        if (availability == Availability.UP) {
            timesDown++;
        }
        become(Availability.DOWN);
    }

    private void become(Availability next) {
        availability = next;
        since = clock.instant();
    }
}
