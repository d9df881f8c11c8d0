package io.ratemesh.launcher.process;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.ratemesh.launcher.state.LaunchedRole;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JVM options of a node, with a small heap because many nodes share a machine. */
final class JvmOptions {

    static final String VARIABLE = "RATEMESH_JAVA_OPTS";

    /** While methods wait for the optimizing compiler, others run without counting for it, which is faster. */
    private static final String SHORT_QUEUE = "-XX:Tier3DelayOn=2";

    /** Returns memory to the system that the compilers have freed: 10 to 25 MB after the first load. Since Java 17.0.9. */
    private static final String TRIM = "TrimNativeHeapInterval";

    private static final String TRIM_EVERY_10_SECONDS = "-XX:" + TRIM + "=10000";

    private JvmOptions() {}

    /** The options of the user come last, because the last of two conflicting options wins. */
    static List<String> of(LaunchedRole role, Map<String, String> environment) {
        List<String> options = new ArrayList<>(List.of(
                // A node has few threads and a small heap.
                "-XX:+UseSerialGC",
                "-Xss512k",
                // A node without memory is replaced, not repaired.
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8"));
        if (isKnown(TRIM)) {
            options.add(TRIM_EVERY_10_SECONDS);
        }
        options.addAll(ofRole(role));
        String userOptions = environment.getOrDefault(VARIABLE, "").strip();
        if (!userOptions.isEmpty()) {
            options.addAll(List.of(userOptions.split("\\s+")));
        }
        return List.copyOf(options);
    }

    private static boolean isKnown(String flag) {
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption(flag);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The Java of this launcher, which also runs the nodes. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> ofRole(LaunchedRole role) {
        return switch (role) {
            // It polls a few feeds. The optimizing compiler would take the CPU that the other nodes need to start.
            case RATES -> List.of("-Xms16m", "-Xmx128m", "-XX:TieredStopAtLevel=1");
            // 10,000 streams keep 100 MB. A small new generation leaves room for them in the old one, which avoids full
            // collections.
            // Converters start often. With less inlining the optimizing compiler needs half the CPU, and a conversion
            // costs the same.
            case CONVERTER ->
                List.of(
                        "-Xms16m",
                        "-Xmx256m",
                        "-XX:MaxNewSize=24m",
                        "-XX:FreqInlineSize=100",
                        "-XX:MaxInlineLevel=9",
                        "-XX:InlineSmallCode=1200",
                        SHORT_QUEUE);
            // A stream keeps 20 kB, one with a stalled client up to 100 kB more for 30 s. The initial heap has room
            // for 1,000 new connections at once, because growing the heap takes full collections. The survivor spaces
            // have room for 1,000 requests under way, which would else be promoted by each collection.
            case BALANCER ->
                List.of(
                        "-Xms64m",
                        "-Xmx384m",
                        "-Xmn32m",
                        "-XX:SurvivorRatio=3",
                        "-XX:TargetSurvivorRatio=90",
                        SHORT_QUEUE);
        };
    }
}
