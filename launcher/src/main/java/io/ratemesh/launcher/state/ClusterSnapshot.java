package io.ratemesh.launcher.state;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code up} decided, so that later commands need no flags.
 *
 * @param clusterName nodes of another name are strangers
 * @param workingFolder where the nodes run, against which relative paths in the settings stand
 * @param config the file of {@code --config}
 * @param demo whether the rates are simulated
 * @param door the front door
 * @param stats the operators' port
 * @param statsUser who may read it
 * @param passwordFile where the password of the operators lies
 * @param startedAt when the cluster was
 * @param lastNumbers the last number given to a node of each role; none is given twice
 */
public record ClusterSnapshot(
        String clusterName,
        Path workingFolder,
        Optional<Path> config,
        boolean demo,
        ListenAddress door,
        ListenAddress stats,
        String statsUser,
        Path passwordFile,
        Instant startedAt,
        Map<LaunchedRole, Integer> lastNumbers) {

    private static final String LAST_NUMBER = "last-number.";

    public ClusterSnapshot {
        lastNumbers = Map.copyOf(lastNumbers);
    }

    /** The facts after one more node of a role got its number. */
    ClusterSnapshot withOneMore(LaunchedRole role) {
        Map<LaunchedRole, Integer> numbers = new EnumMap<>(LaunchedRole.class);
        numbers.putAll(lastNumbers);
        numbers.merge(role, 1, Integer::sum);
        return new ClusterSnapshot(
                clusterName, workingFolder, config, demo, door, stats, statsUser, passwordFile, startedAt, numbers);
    }

    /** The id that belongs to the last number given, as {@code converter-3}. */
    String lastId(LaunchedRole role) {
        return role.word() + "-" + lastNumbers.getOrDefault(role, 0);
    }

    Map<String, String> toProperties() {
        Map<String, String> values = new TreeMap<>();
        values.put("cluster-name", clusterName);
        values.put("working-folder", workingFolder.toString());
        config.ifPresent(file -> values.put("config", file.toString()));
        values.put("demo", Boolean.toString(demo));
        values.put("door.bind", door.bind());
        values.put("door.port", Integer.toString(door.port()));
        values.put("stats.bind", stats.bind());
        values.put("stats.port", Integer.toString(stats.port()));
        values.put("stats.user", statsUser);
        values.put("stats.password-file", passwordFile.toString());
        values.put("started-at", startedAt.toString());
        lastNumbers.forEach((role, number) -> values.put(LAST_NUMBER + role.word(), number.toString()));
        return values;
    }

    /** Reads what {@link #toProperties} wrote. */
    static ClusterSnapshot fromProperties(Map<String, String> values) {
        Map<LaunchedRole, Integer> numbers = new EnumMap<>(LaunchedRole.class);
        for (LaunchedRole role : LaunchedRole.values()) {
            numbers.put(role, Integer.parseInt(values.getOrDefault(LAST_NUMBER + role.word(), "0")));
        }
        return new ClusterSnapshot(
                values.getOrDefault("cluster-name", ""),
                Path.of(values.getOrDefault("working-folder", "")),
                Optional.ofNullable(values.get("config")).map(Path::of),
                Boolean.parseBoolean(values.get("demo")),
                listener(values, "door"),
                listener(values, "stats"),
                values.getOrDefault("stats.user", ""),
                Path.of(values.getOrDefault("stats.password-file", "")),
                Instant.parse(values.getOrDefault("started-at", "")),
                numbers);
    }

    private static ListenAddress listener(Map<String, String> values, String name) {
        return new ListenAddress(
                values.getOrDefault(name + ".bind", ""), Integer.parseInt(values.getOrDefault(name + ".port", "")));
    }
}
