package io.ratemesh.balancer.scale;

import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import io.ratemesh.node.settings.ScalerSettings;

/**
 * The number that an operator ordered. Once it is reached, lost converters are replaced, and those that others start may stay: a
 * rolling restart starts the replacement first.
 */
final class FixedTarget implements ScalingRule {

    private final int converters;
    private final String by;
    private final Shortage shortage = new Shortage();
    private boolean reached;

    /**
     * A rule for one order.
     *
     * @param by who gave it
     */
    FixedTarget(int converters, String by) {
        this.converters = converters;
        this.by = by;
    }

    @Override
    public ScalingDecision decide(ScalerSettings settings, ClusterLoad load, int current, long nowNanos) {
        reached |= current == converters && load.ready() == converters;
        boolean shortageLasts = shortage.lasts(current < converters, nowNanos);
        String reason = converters + " ordered by " + by + ", " + current + " running or starting";
        if (current < converters && (!reached || shortageLasts)) {
            return new ScalingDecision(Direction.OUT, converters, reason);
        }
        if (current > converters && !reached && load.starting() == 0) {
            return new ScalingDecision(Direction.IN, converters, reason);
        }
        return new ScalingDecision(Direction.HOLD, converters, reason);
    }
}
