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
 * @param id its name on the cluster, as {@code converter-3}
 * @param pid its process
 * @param birth what {@link ProcessTable} said of the process when it was young
 * @param jar the jar it runs
 * @param arguments what follows the jar on its command line
 * @param leaving whether a command has told it to leave, so that its end surprises nobody
 */
public record NodeRecord(
        String id,
        LaunchedRole role,
        long pid,
        String birth,
        Instant startedAt,
        String jar,
        List<String> arguments,
        boolean leaving) {

    private static final String ARGUMENT = "argument.";

    public NodeRecord {
        arguments = List.copyOf(arguments);
    }

    NodeRecord onItsWayOut() {
        return new NodeRecord(id, role, pid, birth, startedAt, jar, arguments, true);
    }

    /** The number in the id, 0 where there is none. */
    int number() {
        String digits = id.substring(id.lastIndexOf('-') + 1);
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }

    Map<String, String> toProperties() {
        Map<String, String> values = new TreeMap<>();
        values.put("id", id);
        values.put("role", role.word());
        values.put("pid", Long.toString(pid));
        values.put("birth", birth);
        values.put("started-at", startedAt.toString());
        values.put("jar", jar);
        values.put("leaving", Boolean.toString(leaving));
        for (int i = 0; i < arguments.size(); i++) {
            values.put(ARGUMENT + i, arguments.get(i));
        }
        return values;
    }

    /** Empty where the file is of another making. */
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
                values.getOrDefault("birth", ""),
                Instant.parse(values.getOrDefault("started-at", Instant.EPOCH.toString())),
                values.getOrDefault("jar", ""),
                arguments,
                Boolean.parseBoolean(values.get("leaving"))));
    }
}
