package io.ratemesh.balancer.scale;

import io.ratemesh.node.settings.ScalerSettings;

/** Decides how many converters should run. Called once a second. The caller supplies the time. */
interface ScalingRule {

    /**
     * Decides.
     *
     * @param current the converters that run or are being started, those that drain excluded
     * @param nowNanos a monotonic clock
     */
    ScalingDecision decide(ScalerSettings settings, ClusterLoad load, int current, long nowNanos);
}
