package io.ratemesh.launcher.state;

import java.util.Arrays;
import java.util.Optional;

/** What a node does; in the order in which a cluster is started. */
public enum LaunchedRole {
    RATES("rates"),
    CONVERTER("converter"),
    BALANCER("balancer");

    private final String word;

    LaunchedRole(String word) {
        this.word = word;
    }

    /** As it stands in ids, in commands and in {@code /stats.json}. */
    public String word() {
        return word;
    }

    /** The module and the jar, as {@code rates-service}. */
    public String service() {
        return word + "-service";
    }

    public static Optional<LaunchedRole> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }
}
