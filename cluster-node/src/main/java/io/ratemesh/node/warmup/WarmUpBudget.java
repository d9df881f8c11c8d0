package io.ratemesh.node.warmup;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a warm-up may use: CPU time of the whole process, compilers included, and twice as much wall time, because other processes may
 * have the CPUs.
 */
final class WarmUpBudget {

    private static final int WALL_FACTOR = 2;

    private final Duration cpuLimit;
    private final LongSupplier cpuNanos;
    private final LongSupplier nanoTime;
    private final long cpuStart;
    private final long start;

    /**
     * Starts to count.
     *
     * @param cpuNanos CPU time of the process; a constant where it is not known, and then wall time alone counts
     * @param nanoTime the time, as {@link System#nanoTime()} gives it
     */
    WarmUpBudget(Duration cpu, LongSupplier cpuNanos, LongSupplier nanoTime) {
        this.cpuLimit = cpu;
        this.cpuNanos = cpuNanos;
        this.nanoTime = nanoTime;
        this.cpuStart = cpuNanos.getAsLong();
        this.start = nanoTime.getAsLong();
    }

    static WarmUpBudget ofThisProcess(Duration cpu) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new WarmUpBudget(cpu, system::getProcessCpuTime, System::nanoTime);
    }

    boolean isSpent() {
        return cpuUsed().compareTo(cpuLimit) >= 0 || elapsed().compareTo(wallLimit(cpuLimit)) >= 0;
    }

    static Duration wallLimit(Duration cpu) {
        return cpu.multipliedBy(WALL_FACTOR);
    }

    /** Wall time since the start. */
    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }

    /** CPU time since the start. */
    Duration cpuUsed() {
        return Duration.ofNanos(cpuNanos.getAsLong() - cpuStart);
    }
}
