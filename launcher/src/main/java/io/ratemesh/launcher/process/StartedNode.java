package io.ratemesh.launcher.process;

import io.ratemesh.launcher.log.LogTail;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.state.NodeRecord;
import java.nio.file.Path;
import java.util.List;

/** A node that this very command started. */
public record StartedNode(NodeRecord record, Process process, Path log) {

    private static final int LAST_WORDS = 5;

    public String id() {
        return record.id();
    }

    /**
     * For a node that should run.
     *
     * @throws CommandFailure with its last words where it has ended
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            int code = process.exitValue();
            throw CommandFailure.ofNode(code, id() + " ended with exit code " + code + lastWords());
        }
    }

    /** Its last lines, to follow a sentence that says what is wrong with it. */
    public String lastWords() {
        return lastWords(log);
    }

    /** The last lines of a log, to follow a sentence that says what is wrong with its node. */
    public static String lastWords(Path log) {
        List<String> lines = LogTail.lastWords(log, LAST_WORDS);
        return lines.isEmpty()
                ? " and said nothing (" + log + " is empty)"
                : "; its last words (" + log + "):\n  " + String.join("\n  ", lines);
    }
}
