package io.ratemesh.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The machine that a benchmark runs on. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** For example {@code 2 processors (AMD EPYC), Linux 6.1, JDK 17.0.15}. */
    public static String description() {
        return Runtime.getRuntime().availableProcessors() + " processors (" + model() + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", JDK "
                + System.getProperty("java.version");
    }

    /** What it is made of, for comparing machines. */
    public static MachineFacts facts() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return new MachineFacts(
                model(),
                Runtime.getRuntime().availableProcessors(),
                memory,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    }

    /** The load average of the last minute; negative where the system has none. */
    public static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** The load average of the last minute, for example {@code 0.7 on 2 processors}. */
    public static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f on %d processors",
                loadAverage(),
                Runtime.getRuntime().availableProcessors());
    }

    private static String model() {
        try {
            return modelIn(Files.isReadable(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.of());
        } catch (IOException e) {
            return modelIn(List.of());
        }
    }

    /** The model of the first processor in the lines of {@code /proc/cpuinfo}. */
    static String modelIn(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseGet(() -> System.getProperty("os.arch"));
    }
}
