package io.ratemesh.node.lifecycle;

import io.ratemesh.node.settings.Settings;

/** Where a node's settings come from, to be read again while it runs. */
@FunctionalInterface
public interface SettingsSource {

    /**
     * Reads them as they are now.
     *
     * @throws io.ratemesh.node.settings.SettingsException where they cannot be used
     */
    Settings read();
}
