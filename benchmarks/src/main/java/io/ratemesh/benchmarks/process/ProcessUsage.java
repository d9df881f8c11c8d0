package io.ratemesh.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server has taken of the machine.
 *
 * @param cpu of all its threads since it started, user and system, in steps of 10 ms
 * @param residentBytes as Linux says it; 0 where there is no {@code /proc}
 */
public record ProcessUsage(Duration cpu, long residentBytes) {

    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES_PER_KIB = 1024;

    public static ProcessUsage of(ProcessHandle process) {
        return new ProcessUsage(process.info().totalCpuDuration().orElse(Duration.ZERO), resident(process.pid()));
    }

    /** Of a process and all it has started that still run: of nginx, its workers. */
    static ProcessUsage ofAll(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessUsage::of)
                .reduce(new ProcessUsage(Duration.ZERO, 0), ProcessUsage::and);
    }

    /** Both together. */
    ProcessUsage and(ProcessUsage other) {
        return new ProcessUsage(cpu.plus(other.cpu), residentBytes + other.residentBytes);
    }

    /** The larger of both in each. */
    public ProcessUsage or(ProcessUsage other) {
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

    /** In bytes, of the lines of {@code /proc/PID/status}. */
    static long residentIn(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> BYTES_PER_KIB
                        * Long.parseLong(line.substring(RESIDENT.length())
                                .replace("kB", "")
                                .strip()))
                .findFirst()
                .orElse(0);
    }
}
