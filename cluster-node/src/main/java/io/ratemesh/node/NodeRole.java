package io.ratemesh.node;

import java.util.Locale;
import java.util.Optional;

/** What a node does. */
public enum NodeRole {
    RATES,
    CONVERTER,
    BALANCER;

    /** The word on the wire and in settings, as {@code converter}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word; empty for one that a later release may bring. */
    public static Optional<NodeRole> of(String word) {
        for (NodeRole role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
