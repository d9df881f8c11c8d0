package io.ratemesh.node.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects the changed settings that a reload cannot apply. */
public final class RestartRequired {

    private final List<String> faults = new ArrayList<>();

    /** Compares the settings of every role. */
    public static RestartRequired node(Settings now, Settings next) {
        return new RestartRequired()
                .same("node", now.node(), next.node())
                .same("log", now.log(), next.log())
                .same("cluster", now.cluster(), next.cluster());
    }

    private RestartRequired() {}

    /** Records the key if its two values differ. */
    public RestartRequired same(String key, Object now, Object next) {
        if (!now.equals(next)) {
            faults.add(key + ": has changed, which a reload cannot apply; restart the node");
        }
        return this;
    }

    /** One line for each changed key. */
    public List<String> faults() {
        return List.copyOf(faults);
    }
}
