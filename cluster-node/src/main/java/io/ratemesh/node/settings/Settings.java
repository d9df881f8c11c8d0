package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything a node can be told. All roles read one file, so each knows the keys of the others. */
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
     * @param file what {@code --config} named, else {@code ratemesh.yaml} if it is there
     * @param sets what each {@code --set} said
     * @param environment the variables of the process
     * @throws SettingsException on an unknown key, a wrong type or a value out of range: nothing is half applied
     */
    public static Settings load(Optional<Path> file, List<String> sets, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(SettingsSources.gather(file, sets, environment));
        Settings settings = read(reader, Home.of(environment));
        reader.finish();
        return settings;
    }

    /** Asks for every setting; what is wrong with them the reader knows. */
    static Settings read(SettingsReader reader, Home home) {
        ClusterSettings cluster = ClusterSettings.read(reader, home);
        return new Settings(
                NodeSettings.read(reader),
                LogSettings.read(reader),
                cluster,
                RatesSettings.read(reader, home),
                ConverterSettings.read(reader),
                BalancerSettings.read(reader, home, cluster.enabled()));
    }
}
