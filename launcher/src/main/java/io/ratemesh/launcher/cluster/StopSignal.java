package io.ratemesh.launcher.cluster;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Runs an action on Ctrl-C or SIGTERM. The result of the action is the exit code. */
public final class StopSignal implements AutoCloseable {

    private enum Phase {
        ARMED,
        DISARMED,
        FIRED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.ARMED);

    /** Registers the action. */
    public StopSignal(IntSupplier action) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> fire(action), "stop-signal"));
    }

    public boolean hasFired() {
        return phase.get() == Phase.FIRED;
    }

    /** Parks the calling thread if the signal has fired: its action then ends the process. */
    public void parkIfFired() {
        while (hasFired()) {
            LockSupport.park(this);
        }
    }

    /** Disarms the signal. */
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
                // During a shutdown only halt can set the exit code.
                Runtime.getRuntime().halt(code);
            }
        }
    }
}
