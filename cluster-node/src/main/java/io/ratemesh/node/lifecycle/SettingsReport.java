package io.ratemesh.node.lifecycle;

import java.util.List;

/**
 * What a service says of settings before a start.
 *
 * @param faults what would stop the start, one line each
 * @param warnings what is valid and unwise, one line each
 */
public record SettingsReport(List<String> faults, List<String> warnings) {

    /** Nothing to say. */
    public static final SettingsReport EMPTY = new SettingsReport(List.of(), List.of());

    public SettingsReport {
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }
}
