package io.ratemesh.node.settings;

import java.util.List;

/** Settings that cannot be used, with one line for each fault. */
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

    /** The faults: key, value, problem, remedy and source, one line each. */
    public List<String> faults() {
        return faults;
    }
}
