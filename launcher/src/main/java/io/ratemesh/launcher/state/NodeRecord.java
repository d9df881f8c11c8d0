package io.ratemesh.launcher.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A node that the launcher started on this machine.
 *
 * @param id its id in the cluster, such as {@code converter-3}
 * @param role of the node
 * @param pid of its process
 * @param identity of its process in the {@link ProcessTable}
 * @param startedAt when it was started
 * @param jar that it runs
 * @param arguments after the jar on its command line
 * @param stopping whether a command is stopping it, so that its end is expected
 */
public record NodeRecord(
        String id,
        LaunchedRole role,
        long pid,
        String identity,
        Instant startedAt,
        String jar,
        List<String> arguments,
        boolean stopping) {

    private static final String ARGUMENT = "argument.";

    public NodeRecord {
        arguments = List.copyOf(arguments);
    }

    NodeRecord asStopping() {
        return new NodeRecord(id, role, pid, identity, startedAt, jar, arguments, true);
    }

    /** The number in the id; 0 without one. */
    int number() {
        String digits = id.substring(id.lastIndexOf('-') + 1);
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }

    Map<String, String> toProperties() {
        Map<String, String> values = new TreeMap<>();
        values.put("id", id);
        values.put("role", role.word());
        values.put("pid", Long.toString(pid));
        values.put("identity", identity);
        values.put("started-at", startedAt.toString());
        values.put("jar", jar);
        values.put("stopping", Boolean.toString(stopping));
        for (int i = 0; i < arguments.size(); i++) {
            values.put(ARGUMENT + i, arguments.get(i));
        }
        return values;
    }

    /** The reverse of {@link #toProperties}; empty for other properties. */
    static Optional<NodeRecord> fromProperties(Map<String, String> values) {
        Optional<LaunchedRole> role = LaunchedRole.of(values.getOrDefault("role", ""));
        String pid = values.getOrDefault("pid", "");
        if (role.isEmpty() || !pid.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>();
        for (String argument = values.get(ARGUMENT + 0);
                argument != null;
                argument = values.get(ARGUMENT + arguments.size())) {
            arguments.add(argument);
        }
        return Optional.of(new NodeRecord(
                values.getOrDefault("id", ""),
                role.get(),
                Long.parseLong(pid),
                values.getOrDefault("identity", ""),
                Instant.parse(values.getOrDefault("started-at", Instant.EPOCH.toString())),
                values.getOrDefault("jar", ""),
                arguments,
                Boolean.parseBoolean(values.get("stopping"))));
    }
}
