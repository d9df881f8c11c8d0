package io.ratemesh.benchmarks.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** The limit of file descriptors per process; each connection needs one. */
public final class FileDescriptorLimit {

    /** File descriptors of a server besides its connections. */
    private static final int OTHER_FILES = 300;

    private FileDescriptorLimit() {}

    /** An error message if one process cannot have this many connections. */
    public static Optional<String> check(long connections) {
        return check(connections, limit());
    }

    static Optional<String> check(long connections, long limit) {
        long needed = connections + OTHER_FILES;
        return limit >= needed
                ? Optional.empty()
                : Optional.of("a process may open " + limit + " files on this machine and this benchmark needs "
                        + needed + "; use fewer connections or raise the limit (ulimit -Hn)");
    }

    /** A JVM raises the soft limit to the hard limit, and its child processes inherit it. */
    private static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
