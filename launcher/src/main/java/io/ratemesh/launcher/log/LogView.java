package io.ratemesh.launcher.log;

import io.ratemesh.launcher.outcome.Polling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One log, or all of them with the name of the node before each line; logs that appear later belong to it too. */
public final class LogView {

    private static final Duration ROUND = Duration.ofSeconds(1);

    private final NodeLog logs;
    private final Optional<String> only;
    private final int lines;
    private final Map<String, LogFollower> followers = new HashMap<>();
    private boolean begun;

    /** Begins with so many lines of each log. */
    public LogView(NodeLog logs, Optional<String> only, int lines) {
        this.logs = logs;
        this.only = only;
        this.lines = lines;
    }

    /** What came since it was last asked; at first the last lines of each. */
    public List<String> next() {
        List<String> all = new ArrayList<>();
        List<String> ids = only.map(List::of).orElseGet(logs::ids);
        int width = ids.stream().mapToInt(String::length).max().orElse(1);
        for (String id : ids) {
            LogFollower known = followers.get(id);
            List<String> fresh = known == null ? first(id) : known.more();
            fresh.forEach(line -> all.add(only.isPresent() ? line : String.format("%-" + width + "s | %s", id, line)));
        }
        begun = true;
        return all;
    }

    /** Waits for something new; none where nothing came for a second. */
    public List<String> await() {
        return Polling.within(ROUND)
                .untilPresent(() -> Optional.of(next()).filter(fresh -> !fresh.isEmpty()))
                .orElse(List.of());
    }

    private List<String> first(String id) {
        Path file = logs.file(id);
        if (begun) {
            LogFollower newcomer = new LogFollower(file, 0);
            followers.put(id, newcomer);
            return newcomer.more();
        }
        long end = LogTail.length(file);
        followers.put(id, new LogFollower(file, end));
        return LogTail.lines(file, end, lines);
    }
}
