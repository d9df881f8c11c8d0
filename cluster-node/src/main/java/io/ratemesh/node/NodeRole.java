package io.ratemesh.node;

import java.util.Locale;
import java.util.Optional;

/** The role of a node. */
public enum NodeRole {
    RATES,
    CONVERTER,
    BALANCER;

    /** Its name in messages and settings, such as {@code converter}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with this name; empty for one of a later release. */
    public static Optional<NodeRole> of(String word) {
        for (NodeRole role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
