package io.ratemesh.node.settings;

import java.util.List;

/** Settings that cannot be used: every fault found, each one line for a person. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    public SettingsException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    public SettingsException(String fault) {
        this(List.of(fault));
    }

    /** One line a fault: key, value, what is expected, where it came from. */
    public List<String> faults() {
        return faults;
    }
}
