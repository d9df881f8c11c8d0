package io.ratemesh.node.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects what settings that were read again change although it is made once, at the start. */
public final class RestartRequired {

    private final List<String> faults = new ArrayList<>();

    /** Of what belongs to every node. */
    public static RestartRequired node(Settings now, Settings next) {
        return new RestartRequired()
                .same("node", now.node(), next.node())
                .same("log", now.log(), next.log())
                .same("cluster", now.cluster(), next.cluster());
    }

    private RestartRequired() {}

    /** Takes it down where two values of a key differ. */
    public RestartRequired same(String key, Object now, Object next) {
        if (!now.equals(next)) {
            faults.add(key + ": has changed (expected: as it was; restart the node to change it)");
        }
        return this;
    }

    /** A line for each that has changed; empty where none has. */
    public List<String> faults() {
        return List.copyOf(faults);
    }
}
