package io.ratemesh.benchmarks.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The heap that a JVM uses after a full garbage collection. */
public final class LiveHeap {

    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    private LiveHeap() {}

    /**
     * Triggers a collection and reads the used heap from the metrics.
     *
     * @return bytes; empty if this JDK has no jcmd
     */
    public static OptionalLong bytes(ServerProcess server, int metricsPort) {
        if (!Files.isExecutable(JCMD)) {
            return OptionalLong.empty();
        }
        String output = Program.output(List.of(JCMD.toString(), String.valueOf(server.pid()), "GC.run"));
        if (!output.contains("Command executed successfully")) {
            throw new IllegalStateException("jcmd GC.run: " + output.strip());
        }
        return OptionalLong.of((long) server.metrics(metricsPort).sum(HEAP));
    }
}
