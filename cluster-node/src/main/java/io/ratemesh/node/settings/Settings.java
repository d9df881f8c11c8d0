package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All settings. Nodes of all roles may share one file, so each role accepts the keys of the others. */
public record Settings(
        NodeSettings node,
        LogSettings log,
        ClusterSettings cluster,
        RatesSettings rates,
        ConverterSettings converter,
        BalancerSettings balancer) {

    /**
     * Reads the settings: {@code --set}, then the environment, then the file, then the defaults.
     *
     * @param file the file of {@code --config}; if empty, {@code ratemesh.yaml} if it exists
     * @param sets the arguments of {@code --set}
     * @param environment the variables of the process
     * @throws SettingsException on an unknown key, a wrong type or a value out of range
     */
    public static Settings load(Optional<Path> file, List<String> sets, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(SettingsSources.gather(file, sets, environment));
        Settings settings = read(reader, Home.of(environment));
        reader.finish();
        return settings;
    }

    /**
     * Reads the settings as {@link #load} does, and returns their faults with them.
     *
     * @throws SettingsException if a source cannot be read at all
     */
    public static EffectiveSettings inspect(Optional<Path> file, List<String> sets, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(SettingsSources.gather(file, sets, environment));
        Settings settings = read(reader, Home.of(environment));
        return new EffectiveSettings(settings, reader.finishWithFaults(), reader.effective());
    }

    /** Reads every setting; faults are recorded in the reader. */
    static Settings read(SettingsReader reader, Home home) {
        ClusterSettings cluster = ClusterSettings.read(reader.in("cluster"), home);
        return new Settings(
                NodeSettings.read(reader.in("node")),
                LogSettings.read(reader.in("log")),
                cluster,
                RatesSettings.read(reader.in("rates"), home),
                ConverterSettings.read(reader.in("converter")),
                BalancerSettings.read(reader.in("balancer"), home, cluster.enabled()));
    }
}
