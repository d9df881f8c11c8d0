package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;

/** One of those that are compared. */
public interface Contender {

    /** What the table calls it. */
    String name();

    /** Which version it is and what is on in it, in a sentence. */
    String says();

    /**
     * Starts it; it may not serve yet.
     *
     * @param folder of its own, where its configuration is left
     * @param port where it shall listen
     */
    ServerProcess start(Path folder, int port);
}
