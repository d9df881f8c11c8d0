package io.ratemesh.launcher.cluster;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** What is done when the user presses Ctrl-C or the system says SIGTERM; the exit code is that of what was done. */
public final class StopSignal implements AutoCloseable {

    private enum Phase {
        ARMED,
        DISARMED,
        FIRED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.ARMED);

    /** Armed from now on. */
    public StopSignal(IntSupplier action) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> fire(action), "stop-signal"));
    }

    public boolean fired() {
        return phase.get() == Phase.FIRED;
    }

    /** For a thread that found everything in ruins: where that was the user's wish, the signal has the last word. */
    public void stopHereIfFired() {
        while (fired()) {
            LockSupport.park(this);
        }
    }

    /** Disarms. */
    @Override
    public void close() {
        phase.compareAndSet(Phase.ARMED, Phase.DISARMED);
    }

    private void fire(IntSupplier action) {
        if (phase.compareAndSet(Phase.ARMED, Phase.FIRED)) {
            int code = 1;
            try {
                code = action.getAsInt();
            } finally {
                // An exit code cannot be chosen any other way once a signal ends the JVM.
                Runtime.getRuntime().halt(code);
            }
        }
    }
}
