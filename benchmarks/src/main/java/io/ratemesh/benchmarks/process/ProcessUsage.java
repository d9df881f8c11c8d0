package io.ratemesh.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time and memory of a server.
 *
 * @param cpu user and system time of all threads since the start, in steps of 10 ms
 * @param residentBytes resident memory; 0 without {@code /proc}
 */
public record ProcessUsage(Duration cpu, long residentBytes) {

    public static final ProcessUsage NONE = new ProcessUsage(Duration.ZERO, 0);

    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES_PER_KIB = 1024;

    public static ProcessUsage of(ProcessHandle process) {
        return new ProcessUsage(process.info().totalCpuDuration().orElse(Duration.ZERO), resident(process.pid()));
    }

    /** The sum over a process and its running descendants, such as nginx's workers. */
    static ProcessUsage ofTree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessUsage::of)
                .reduce(NONE, ProcessUsage::plus);
    }

    /** The sum of both. */
    public ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(cpu.plus(other.cpu), residentBytes + other.residentBytes);
    }

    /** The larger CPU time and the larger memory of both. */
    public ProcessUsage max(ProcessUsage other) {
        return new ProcessUsage(
                cpu.compareTo(other.cpu) >= 0 ? cpu : other.cpu, Math.max(residentBytes, other.residentBytes));
    }

    private static long resident(long pid) {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try {
            return residentIn(Files.readAllLines(status));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident bytes in the lines of {@code /proc/PID/status}. */
    static long residentIn(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                .mapToLong(kib -> BYTES_PER_KIB * Long.parseLong(kib))
                .findFirst()
                .orElse(0);
    }
}
