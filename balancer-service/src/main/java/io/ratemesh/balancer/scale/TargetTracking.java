package io.ratemesh.balancer.scale;

import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import io.ratemesh.node.settings.ScalerSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests in flight and CPU per converter near their targets.
 *
 * <pre>
 *   load per converter
 *   target + tolerance  ----------  above, on average over 3 s: scale out, at most double, once per up-cooldown
 *   target
 *   target - tolerance  ----------  fewer would have stayed below for all of the down-cooldown: scale in, at most by half
 * </pre>
 *
 * <p>Both loads are sums over the cluster, so the number of converters that is needed does not depend on how many run. The two
 * limits are apart, so a constant load never changes the number twice. Latency may grow more than the load per converter does: a
 * scale-in that had to be undone is repeated only under a clearly lower load.
 */
final class TargetTracking implements ScalingRule {

    private static final Duration SMOOTHING = Duration.ofSeconds(3);
    private static final double CLEARLY_LOWER = 0.8;

    /** After a longer pause between two calls the earlier load says nothing: the process was stopped. */
    private static final long MAX_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    /**
     * The load at one time.
     *
     * @param enough the number of converters that stay below the lower limit
     */
    private record Sample(long atNanos, double requests, double cpu, int enough) {}

    /** A scale-in, with the demand before it. */
    private record ScaleIn(long atNanos, int to, double demand) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Shortage shortage = new Shortage();
    private @Nullable Long lastOutNanos;
    private @Nullable ScaleIn lastIn;
    private @Nullable ScaleIn undone;

    @Override
    public ScalingDecision decide(ScalerSettings settings, ClusterLoad load, int current, long nowNanos) {
        Averages now = sample(settings, load, nowNanos);
        boolean belowMin = current < settings.min();
        if (belowMin) {
            String reason = current + " running or starting, the minimum is " + settings.min();
            return shortage.lasts(true, nowNanos)
                    ? out(settings, settings.min(), reason, nowNanos)
                    : hold(settings.min(), reason);
        }
        shortage.lasts(false, nowNanos);
        if (current > settings.max()) {
            return in(
                    settings.max(),
                    current + " running, the maximum is " + settings.max(),
                    now.demand(settings),
                    nowNanos);
        }
        String usage = now.describe(settings, load);
        if (nowNanos - samples.getFirst().atNanos() < SMOOTHING.toNanos()) {
            return hold(current, "observing the load");
        }
        if (now.isOverloaded(settings, current)) {
            return overloaded(settings, now.needed(settings), current, usage, nowNanos);
        }
        int enough = samples.stream().mapToInt(Sample::enough).max().orElse(current);
        if (enough < current) {
            return underloaded(settings, load, now, enough, current, nowNanos);
        }
        return hold(current, usage + ": within the tolerance");
    }

    private ScalingDecision overloaded(ScalerSettings settings, int needed, int current, String usage, long nowNanos) {
        String reason = usage + ": " + needed + " needed, " + current + " running or starting";
        if (current >= settings.max()) {
            return hold(current, reason + ", which is the maximum");
        }
        Duration wait = upCooldown(settings, nowNanos);
        if (!wait.isZero()) {
            return hold(current, reason + "; next scale-out in " + seconds(wait));
        }
        // At most double: a short stall of all converters looks like a load many times as high.
        return out(settings, Math.min(Math.min(needed, 2 * current), settings.max()), reason, nowNanos);
    }

    private ScalingDecision underloaded(
            ScalerSettings settings, ClusterLoad load, Averages now, int enough, int current, long nowNanos) {
        String reason = now.describe(settings, load) + ": " + enough + " enough, " + current + " running";
        if (load.draining() > 0 || load.starting() > 0) {
            return hold(current, reason + " or starting; waits until none is starting or draining");
        }
        Duration wait = downCooldown(settings, nowNanos);
        if (!wait.isZero()) {
            return hold(current, reason + "; scale-in in " + seconds(wait));
        }
        double demand = now.demand(settings);
        int tried = undone != null && demand >= CLEARLY_LOWER * undone.demand() ? undone.to() : 0;
        if (tried + 1 >= current) {
            return hold(current, reason + "; " + tried + " were not enough at this load before");
        }
        // At most half, because latency may grow more than the load of each.
        return in(Math.max(Math.max(enough, tried + 1), (current + 1) / 2), reason, demand, nowNanos);
    }

    /** The time until the next scale-out may be; zero for now. */
    Duration upCooldown(ScalerSettings settings, long nowNanos) {
        return remaining(settings.upCooldown(), lastOutNanos, nowNanos);
    }

    /** The time until the next scale-in may be; zero for now. */
    Duration downCooldown(ScalerSettings settings, long nowNanos) {
        Duration observed = samples.isEmpty()
                ? settings.downCooldown()
                : remaining(settings.downCooldown(), samples.getFirst().atNanos(), nowNanos);
        return max(
                observed,
                max(
                        remaining(settings.downCooldown(), lastOutNanos, nowNanos),
                        remaining(settings.downCooldown(), lastIn == null ? null : lastIn.atNanos(), nowNanos)));
    }

    private Averages sample(ScalerSettings settings, ClusterLoad load, long nowNanos) {
        if (!samples.isEmpty() && nowNanos - samples.getLast().atNanos() > MAX_PAUSE_NANOS) {
            samples.clear();
        }
        // One older sample stays, so that the first is as old as the time that must be observed.
        long kept = max(settings.downCooldown(), SMOOTHING).toNanos();
        while (samples.size() > 1 && nowNanos - second().atNanos() >= kept) {
            samples.removeFirst();
        }
        Averages now = new Averages(
                average(load.requests(), Sample::requests, nowNanos), average(load.cpu(), Sample::cpu, nowNanos));
        samples.addLast(new Sample(nowNanos, load.requests(), load.cpu(), now.enough(settings, load.warming())));
        return now;
    }

    private Sample second() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }

    private double average(double newest, ToDoubleFunction<Sample> value, long nowNanos) {
        DoubleStream recent = samples.stream()
                .filter(sample -> nowNanos - sample.atNanos() < SMOOTHING.toNanos())
                .mapToDouble(value);
        return DoubleStream.concat(recent, DoubleStream.of(newest)).average().orElse(newest);
    }

    /** The load of all converters over the last seconds. */
    private record Averages(double requests, double cpu) {

        boolean isOverloaded(ScalerSettings settings, int converters) {
            return demand(settings) > converters * (1 + settings.tolerance() / 100.0);
        }

        /** The number of converters at which the higher of the two loads is at its target, as a fraction. */
        double demand(ScalerSettings settings) {
            return demand(settings, cpu);
        }

        int needed(ScalerSettings settings) {
            return (int) Math.ceil(demand(settings));
        }

        /** Of a warming converter the load is unknown, so the target is assumed. */
        int enough(ScalerSettings settings, int warming) {
            double assumedCpu = cpu + warming * settings.targetCpu() / 100.0;
            double enough = demand(settings, assumedCpu) / (1 - settings.tolerance() / 100.0);
            return Math.max(settings.min(), (int) Math.ceil(enough));
        }

        private double demand(ScalerSettings settings, double assumedCpu) {
            return Math.max(requests / settings.targetInFlight(), assumedCpu * 100 / settings.targetCpu());
        }

        String describe(ScalerSettings settings, ClusterLoad load) {
            int measured = load.ready() - load.warming();
            String perConverter =
                    measured == 0 ? "unknown" : String.format(Locale.ROOT, "%.0f%%", cpu * 100 / measured);
            return String.format(
                    Locale.ROOT,
                    "%.0f requests in flight (target %d per converter), CPU %s (target %d%%)",
                    requests,
                    settings.targetInFlight(),
                    perConverter,
                    settings.targetCpu());
        }
    }

    private ScalingDecision out(ScalerSettings settings, int desired, String reason, long nowNanos) {
        // A scale-in shows its effect once the drained converters have left.
        if (lastIn != null
                && nowNanos - lastIn.atNanos()
                        < settings.downCooldown().multipliedBy(2).toNanos()) {
            undone = lastIn;
        }
        lastOutNanos = nowNanos;
        return new ScalingDecision(Direction.OUT, desired, reason);
    }

    private ScalingDecision in(int desired, String reason, double demand, long nowNanos) {
        lastIn = new ScaleIn(nowNanos, desired, demand);
        if (undone != null && desired <= undone.to()) {
            undone = null;
        }
        return new ScalingDecision(Direction.IN, desired, reason);
    }

    private static ScalingDecision hold(int desired, String reason) {
        return new ScalingDecision(Direction.HOLD, desired, reason);
    }

    private static Duration remaining(Duration cooldown, @Nullable Long sinceNanos, long nowNanos) {
        return sinceNanos == null ? Duration.ZERO : max(Duration.ZERO, cooldown.minusNanos(nowNanos - sinceNanos));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static String seconds(Duration wait) {
        return wait.plusMillis(999).toSeconds() + " s";
    }
}
