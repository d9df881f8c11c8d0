package io.ratemesh.node.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values in force, by key, in the order in which they were read. Secrets are never among them. */
final class EffectiveValues {

    /**
     * A value.
     *
     * @param written as in a settings file
     * @param origin for messages, such as {@code --set}; empty for a default
     */
    record Effective(Object written, Optional<String> origin) {}

    private final Map<String, Effective> values = new LinkedHashMap<>();

    void put(String key, Object written, Optional<String> origin) {
        values.put(key, new Effective(written, origin));
    }

    /** Notes a default; a value that was given stays. */
    void putDefault(String key, Object written) {
        values.putIfAbsent(key, new Effective(written, Optional.empty()));
    }

    void remove(String key) {
        values.remove(key);
    }

    void removeBelow(String prefix) {
        values.keySet().removeIf(key -> key.startsWith(prefix));
    }

    /** All of them as maps in maps; the leaves are {@link Effective}s. */
    Map<String, Object> sections() {
        Map<String, Object> root = new LinkedHashMap<>();
        values.forEach((key, value) -> put(root, key, value));
        return root;
    }

    /** The same without the origins. */
    Map<String, Object> tree() {
        Map<String, Object> root = new LinkedHashMap<>();
        values.forEach((key, value) -> put(root, key, value.written()));
        return root;
    }

    @SuppressWarnings("unchecked") // Only this method creates sections, and no key is also a section.
    private static void put(Map<String, Object> root, String key, Object value) {
        Map<String, Object> section = root;
        String[] names = key.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            section = (Map<String, Object>) section.computeIfAbsent(names[i], ignored -> new LinkedHashMap<>());
        }
        section.put(names[names.length - 1], value);
    }
}
