package io.ratemesh.launcher.migration.draft;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of pools, made from those of a configuration, which may have characters that settings do not accept. */
public final class PoolNames {

    private static final int MAX_LENGTH = 63;

    private final Map<String, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>(Set.of("front-door", "front-door-tls", "front-door-h2c"));

    /** The name of the pool; the same for the same original. */
    public String of(String original) {
        return names.computeIfAbsent(original, this::create);
    }

    private String create(String original) {
        String valid = original.replaceAll("[^A-Za-z0-9_-]+", "-").replaceFirst("^[_-]+", "");
        valid = valid.isEmpty() ? "pool" : valid.substring(0, Math.min(valid.length(), MAX_LENGTH - 4));
        String name = valid;
        for (int i = 2; !taken.add(name); i++) {
            name = valid + "-" + i;
        }
        return name;
    }
}
