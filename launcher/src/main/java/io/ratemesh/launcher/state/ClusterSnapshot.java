package io.ratemesh.launcher.state;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameters of the running cluster, stored by {@code up} for later commands.
 *
 * @param clusterName the name of the cluster
 * @param workingFolder of the nodes; relative paths in the settings refer to it
 * @param config the file of {@code --config}
 * @param demo whether the rates are simulated
 * @param http the HTTP listener of the balancer
 * @param stats the stats port of the balancer
 * @param statsUser the admin of the stats port
 * @param passwordFile the password of the admin
 * @param startedAt when the cluster was started
 * @param lastNumbers the number in the last id of each role; no number is used twice
 */
public record ClusterSnapshot(
        String clusterName,
        Path workingFolder,
        Optional<Path> config,
        boolean demo,
        ListenAddress http,
        ListenAddress stats,
        String statsUser,
        Path passwordFile,
        Instant startedAt,
        Map<LaunchedRole, Integer> lastNumbers) {

    private static final String LAST_NUMBER = "last-number.";

    public ClusterSnapshot {
        lastNumbers = Map.copyOf(lastNumbers);
    }

    /** The snapshot with one more node of a role. */
    ClusterSnapshot withNextNumber(LaunchedRole role) {
        Map<LaunchedRole, Integer> numbers = new EnumMap<>(LaunchedRole.class);
        numbers.putAll(lastNumbers);
        numbers.merge(role, 1, Integer::sum);
        return new ClusterSnapshot(
                clusterName, workingFolder, config, demo, http, stats, statsUser, passwordFile, startedAt, numbers);
    }

    /** The last id of a role, such as {@code converter-3}. */
    String lastId(LaunchedRole role) {
        return role.word() + "-" + lastNumbers.getOrDefault(role, 0);
    }

    Map<String, String> toProperties() {
        Map<String, String> values = new TreeMap<>();
        values.put("cluster-name", clusterName);
        values.put("working-folder", workingFolder.toString());
        config.ifPresent(file -> values.put("config", file.toString()));
        values.put("demo", Boolean.toString(demo));
        values.put("http.bind", http.bind());
        values.put("http.port", Integer.toString(http.port()));
        values.put("stats.bind", stats.bind());
        values.put("stats.port", Integer.toString(stats.port()));
        values.put("stats.user", statsUser);
        values.put("stats.password-file", passwordFile.toString());
        values.put("started-at", startedAt.toString());
        lastNumbers.forEach((role, number) -> values.put(LAST_NUMBER + role.word(), number.toString()));
        return values;
    }

    /** The reverse of {@link #toProperties}. */
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
                listener(values, "http"),
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
