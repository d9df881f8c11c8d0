package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;

/** A server that is compared with others. */
public interface Contender {

    /** The name in tables. */
    String name();

    /** The version and the enabled features, in one sentence. */
    String description();

    /** Whether it gets faster under load, as a JVM does: others have a short warm-up only. */
    default boolean isCompiledUnderLoad() {
        return false;
    }

    /**
     * Starts the server, without waiting until it is ready.
     *
     * @param folder of its own, for its configuration and logs
     * @param port that it must listen on
     */
    ServerProcess start(Path folder, int port);
}
