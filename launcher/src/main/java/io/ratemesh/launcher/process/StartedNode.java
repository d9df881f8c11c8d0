package io.ratemesh.launcher.process;

import io.ratemesh.launcher.log.LogTail;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.state.NodeRecord;
import java.nio.file.Path;
import java.util.List;

/** A node that this command started. */
public record StartedNode(NodeRecord record, Process process, Path log) {

    private static final int LAST_LINES = 5;

    public String id() {
        return record.id();
    }

    /**
     * Checks that the node runs.
     *
     * @throws CommandFailure with the last lines of its log if it has ended
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            int code = process.exitValue();
            throw CommandFailure.ofNode(code, id() + " ended with exit code " + code + lastLines());
        }
    }

    /** The last lines of its log, to be appended to a message. */
    public String lastLines() {
        return lastLines(log);
    }

    /** The last lines of a log, to be appended to a message. */
    public static String lastLines(Path log) {
        List<String> lines = LogTail.lastLines(log, LAST_LINES);
        return lines.isEmpty()
                ? "; its log " + log + " is empty"
                : "; the last lines of " + log + ":\n  " + String.join("\n  ", lines);
    }
}
