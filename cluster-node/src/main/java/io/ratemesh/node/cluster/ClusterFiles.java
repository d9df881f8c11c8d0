package io.ratemesh.node.cluster;

import io.ratemesh.node.settings.ClusterSettings;
import io.ratemesh.node.settings.SettingsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The files that a node reads when it joins a cluster: its certificate, and the secret. */
public final class ClusterFiles {

    private ClusterFiles() {}

    /** What is wrong with them, one line each; they are not read where there is no cluster. */
    public static List<String> faults(ClusterSettings settings, Instant now) {
        if (!settings.enabled()) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        settings.tls().ifPresent(tls -> collect(faults, () -> BusTls.read(tls, now)));
        collect(faults, () -> ClusterSecret.read(settings));
        return List.copyOf(faults);
    }

    private static void collect(List<String> faults, Runnable read) {
        try {
            read.run();
        } catch (SettingsException e) {
            faults.addAll(e.faults());
        }
    }
}
