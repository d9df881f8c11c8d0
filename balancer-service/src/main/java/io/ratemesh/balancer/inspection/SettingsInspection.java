package io.ratemesh.balancer.inspection;

import io.ratemesh.node.lifecycle.SettingsReport;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Settings;
import java.time.Instant;

/** Inspects the settings of a balancer. Reads files: not for an event loop. */
public final class SettingsInspection {

    private SettingsInspection() {}

    /**
     * The faults of files and the warnings.
     *
     * @param now for the validity of certificates
     */
    public static SettingsReport of(Settings settings, Instant now) {
        BalancerSettings balancer = settings.balancer();
        ReferencedFiles files = new ReferencedFiles(balancer);
        SettingsWarnings warnings = new SettingsWarnings();
        ListenerAdvice.add(balancer, warnings);
        PoolAdvice.add(settings, warnings);
        RouteAdvice.add(balancer, warnings);
        ClusterAdvice.add(settings.cluster(), warnings);
        files.addWarnings(now, warnings);
        return new SettingsReport(files.faults(), warnings.lines());
    }
}
