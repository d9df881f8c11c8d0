package io.ratemesh.launcher.process;

import io.ratemesh.launcher.state.LaunchedRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the JVM of a node is told: small, since many share a machine. */
final class JvmOptions {

    static final String VARIABLE = "RATEMESH_JAVA_OPTS";

    private JvmOptions() {}

    /** The user's own options come last, since the last of two that disagree counts. */
    static List<String> of(LaunchedRole role, Map<String, String> environment) {
        List<String> options = new ArrayList<>(List.of(
                // Event loops do the work, so there are few threads to collect beside, and little to collect.
                "-XX:+UseSerialGC",
                "-Xss512k",
                // A node without memory is better replaced than nursed.
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8"));
        options.addAll(heap(role));
        String own = environment.getOrDefault(VARIABLE, "").strip();
        if (!own.isEmpty()) {
            options.addAll(List.of(own.split("\\s+")));
        }
        return List.copyOf(options);
    }

    /** The program that runs this launcher runs the nodes too. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> heap(LaunchedRole role) {
        return switch (role) {
            case RATES -> List.of("-Xms16m", "-Xmx128m");
            // Ten thousand readers keep 100 MB. New objects are few beside them and get little of the heap, so that the
            // old part always has room for them, and need not be collected all at once.
            case CONVERTER -> List.of("-Xms16m", "-Xmx256m", "-XX:MaxNewSize=24m");
            // A stream through it keeps 20 kB, one whose reader is stuck up to 100 kB more for half a minute.
            // It begins with room for a thousand connections that come at once: to grow by that takes full collections.
            case BALANCER -> List.of("-Xms64m", "-Xmx384m");
        };
    }
}
