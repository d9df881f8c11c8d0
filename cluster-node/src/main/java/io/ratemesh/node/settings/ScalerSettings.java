package io.ratemesh.node.settings;

import java.time.Duration;

/**
 * {@code balancer.scaler}: how many converters run.
 *
 * @param enabled whether the oldest balancer changes the number of converters
 * @param min the fewest converters, 1 to 1000
 * @param max the most, at least {@code min}
 * @param targetInFlight requests in flight per converter to aim for
 * @param targetCpu CPU per converter to aim for, as a percentage of one processor
 * @param tolerance how far the load may be from a target before the number changes, as a percentage of the target
 * @param upCooldown shortest time between two scale-outs
 * @param downCooldown how long fewer converters must have been enough before a scale-in, and the shortest time between a change and
 *     a scale-in
 * @param startTimeout how long a launched converter may take to be ready
 * @param dryRun whether decisions are shown and not carried out
 */
public record ScalerSettings(
        boolean enabled,
        int min,
        int max,
        int targetInFlight,
        int targetCpu,
        int tolerance,
        Duration upCooldown,
        Duration downCooldown,
        Duration startTimeout,
        boolean dryRun) {

    private static final int MAX_CONVERTERS = 1000;
    private static final int DEFAULT_MAX = 8;

    static ScalerSettings read(SettingsReader reader, boolean clustered) {
        boolean enabled = reader.flag("enabled", false);
        if (enabled && !clustered) {
            reader.fault("enabled", "needs a cluster, and cluster.enabled is false", "use false");
        }
        int min = reader.number("min", 1, MAX_CONVERTERS, 1);
        int max = reader.number("max", 1, MAX_CONVERTERS, Math.max(DEFAULT_MAX, min));
        if (max < min) {
            reader.fault("max", "is less than balancer.scaler.min", "use at least " + min);
        }
        return new ScalerSettings(
                enabled,
                min,
                Math.max(min, max),
                reader.number("target-in-flight", 1, 100_000, 64),
                reader.percentage("target-cpu", 1, 100, 70),
                reader.percentage("tolerance", 0, 50, 10),
                reader.duration("up-cooldown", Duration.ZERO, Duration.ofHours(1), Duration.ofSeconds(5)),
                reader.duration("down-cooldown", Duration.ZERO, Duration.ofHours(1), Duration.ofMinutes(1)),
                reader.duration("start-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofMinutes(1)),
                reader.flag("dry-run", false));
    }
}
