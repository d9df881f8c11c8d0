package io.ratemesh.balancer.inspection;

import java.util.ArrayList;
import java.util.List;

/** SettingsWarnings in one form: the key, what is unwise about its value, and what to do. */
final class SettingsWarnings {

    private final List<String> lines = new ArrayList<>();

    void add(String key, String problem, String remedy) {
        lines.add(key + ": " + problem + "; " + remedy);
    }

    /** Adds a warning where a condition holds. */
    void addIf(boolean unwise, String key, String problem, String remedy) {
        if (unwise) {
            add(key, problem, remedy);
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
