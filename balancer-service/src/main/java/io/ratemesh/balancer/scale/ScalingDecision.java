package io.ratemesh.balancer.scale;

import java.util.Locale;

/**
 * What a rule decides.
 *
 * @param desired the number of converters that should run
 * @param reason for people, without a full stop
 */
record ScalingDecision(Direction direction, int desired, String reason) {

    /** What is done about the number of converters. */
    enum Direction {
        OUT,
        IN,
        HOLD;

        /** Its name in metrics and events. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
