package io.ratemesh.launcher.state;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The role of a node, in the order in which a cluster is started. */
public enum LaunchedRole {
    RATES,
    CONVERTER,
    BALANCER;

    /** Its name in ids, in commands and in {@code /stats.json}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of its module and jar, such as {@code rates-service}. */
    public String service() {
        return word() + "-service";
    }

    public static Optional<LaunchedRole> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
