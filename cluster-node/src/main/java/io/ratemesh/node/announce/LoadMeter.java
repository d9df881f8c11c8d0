package io.ratemesh.node.announce;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/** Measures the load of this process, on an event loop, whose delay it measures too. */
final class LoadMeter {

    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;
    private static final long PERIOD_MILLIS = 1000;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long dueNanos = System.nanoTime();

    /** Call it once every {@link #PERIOD_MILLIS}. */
    Load measure(IntSupplier inFlight, IntSupplier streams, IntSupplier converterRequests) {
        long now = System.nanoTime();
        long lagMillis = Math.max(0, (now - dueNanos) / 1_000_000);
        dueNanos = now + PERIOD_MILLIS * 1_000_000;
        Runtime runtime = Runtime.getRuntime();
        double cpu = Math.max(0, system.getProcessCpuLoad());
        return new Load(
                inFlight.getAsInt(),
                streams.getAsInt(),
                Math.round(cpu * 1000) / 1000.0,
                lagMillis,
                runtime.totalMemory() - runtime.freeMemory(),
                residentBytes(),
                runtime.availableProcessors(),
                converterRequests.getAsInt());
    }

    /** Reads procfs, which does not block on a disk. */
    private static long residentBytes() {
        try {
            String[] pages = Files.readString(STATM).split(" ");
            return Long.parseLong(pages[1]) * PAGE_BYTES;
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return 0;
        }
    }
}
