package io.ratemesh.benchmarks.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** How many files a process may have open: a connection is one. */
public final class OpenFiles {

    /** What a server has open besides its connections. */
    private static final int OTHERS = 300;

    private OpenFiles() {}

    /**
     * Whether so many connections can be open in one process.
     *
     * @return what to say where not
     */
    public static Optional<String> complaint(long connections) {
        return complaint(connections, limit());
    }

    static Optional<String> complaint(long connections, long limit) {
        long needed = connections + OTHERS;
        return limit >= needed
                ? Optional.empty()
                : Optional.of("a process may have " + limit + " files open here and this run needs " + needed
                        + "; ask for fewer, or raise the limit: ulimit -Hn");
    }

    /** A JVM raises the soft limit to the hard one by itself, and those that it starts inherit it. */
    private static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
