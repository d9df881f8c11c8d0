package io.ratemesh.node.lifecycle;

import io.ratemesh.node.settings.Settings;

/** The settings of a node, which can be read again while it runs. */
@FunctionalInterface
public interface SettingsSource {

    /**
     * Reads the current settings.
     *
     * @throws io.ratemesh.node.settings.SettingsException if they are invalid
     */
    Settings read();
}
