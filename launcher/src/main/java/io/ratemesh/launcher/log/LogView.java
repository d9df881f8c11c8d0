package io.ratemesh.launcher.log;

import io.ratemesh.launcher.outcome.Polling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines of one log, or of all logs with the id of the node before each line, including logs that appear later. */
public final class LogView {

    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final NodeLog logs;
    private final Optional<String> only;
    private final int lines;
    private final Map<String, LogFollower> followers = new HashMap<>();
    private boolean started;

    /** Starts with the last {@code lines} lines of each log. */
    public LogView(NodeLog logs, Optional<String> only, int lines) {
        this.logs = logs;
        this.only = only;
        this.lines = lines;
    }

    /** The lines since the last call. */
    public List<String> read() {
        List<String> all = new ArrayList<>();
        List<String> ids = only.map(List::of).orElseGet(logs::ids);
        int width = ids.stream().mapToInt(String::length).max().orElse(1);
        for (String id : ids) {
            LogFollower known = followers.get(id);
            List<String> added = known == null ? first(id) : known.readNew();
            added.forEach(line -> all.add(only.isPresent() ? line : String.format("%-" + width + "s | %s", id, line)));
        }
        started = true;
        return all;
    }

    /** Waits up to a second for new lines. */
    public List<String> await() {
        return Polling.within(MAX_WAIT)
                .untilPresent(() -> Optional.of(read()).filter(added -> !added.isEmpty()))
                .orElse(List.of());
    }

    private List<String> first(String id) {
        Path file = logs.file(id);
        if (started) {
            LogFollower follower = new LogFollower(file, 0);
            followers.put(id, follower);
            return follower.readNew();
        }
        long end = LogTail.length(file);
        followers.put(id, new LogFollower(file, end));
        return LogTail.lines(file, end, lines);
    }
}
