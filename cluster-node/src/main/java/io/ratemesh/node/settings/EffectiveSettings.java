package io.ratemesh.node.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Settings that were read to be looked at, their faults, and their text. */
public final class EffectiveSettings {

    private final Settings settings;
    private final List<String> faults;
    private final EffectiveValues values;

    EffectiveSettings(Settings settings, List<String> faults, EffectiveValues values) {
        this.settings = settings;
        this.faults = faults;
        this.values = values;
    }

    /** The settings. Where a value is invalid, its default is in its place. */
    public Settings settings() {
        return settings;
    }

    /** One line for each fault; empty if a node would accept the settings. */
    public List<String> faults() {
        return faults;
    }

    /**
     * The settings in force as YAML that a node reads as these settings. A comment says where a value comes from; one without is a default.
     * Secrets, and credentials in URLs, are left out.
     *
     * @param sections the names of the sections to write, such as {@code balancer}
     */
    public String yaml(Collection<String> sections) {
        Map<String, Object> all = values.sections();
        all.keySet().retainAll(sections);
        return EffectiveYaml.write(all);
    }
}
