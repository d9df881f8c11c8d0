package io.ratemesh.benchmarks.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What a JVM's heap holds that is no garbage. */
public final class LiveHeap {

    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    private LiveHeap() {}

    /**
     * Has a service collect its garbage, and asks what is left.
     *
     * @param metricsPort where the service says so
     * @return bytes; nothing where the JDK that runs this has no jcmd
     */
    public static OptionalLong bytes(ServerProcess server, int metricsPort) {
        if (!Files.isExecutable(JCMD)) {
            return OptionalLong.empty();
        }
        String said = Program.output(List.of(JCMD.toString(), String.valueOf(server.pid()), "GC.run"));
        if (!said.contains("Command executed successfully")) {
            throw new IllegalStateException("jcmd GC.run: " + said.strip());
        }
        return OptionalLong.of((long) server.metrics(metricsPort).sum(HEAP));
    }
}
