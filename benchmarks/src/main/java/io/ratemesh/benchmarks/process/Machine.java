package io.ratemesh.benchmarks.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a run was measured on. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** {@code 2 processors (AMD EPYC), Linux 6.1, OpenJDK 17.0.15}. */
    public static String text() {
        return Runtime.getRuntime().availableProcessors() + " processors (" + model() + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", JDK "
                + System.getProperty("java.version");
    }

    /** {@code 0.7 on 2 processors}: of the last minute. */
    public static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f on %d processors",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
    }

    private static String model() {
        if (!Files.isReadable(PROCESSORS)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return modelIn(lines.toList());
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** The first processor's, of the lines of {@code /proc/cpuinfo}. */
    static String modelIn(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseGet(() -> System.getProperty("os.arch"));
    }
}
