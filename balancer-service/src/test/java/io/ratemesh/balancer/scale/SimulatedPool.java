package io.ratemesh.balancer.scale;

import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import io.ratemesh.node.settings.ScalerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Converters of which each serves 1,000 requests per second. Their latency grows as that of a queue does, so requests in flight grow
 * more than the load; what is over their capacity waits. A launched converter announces itself after two seconds and is ready after
 * six; a drained one leaves after two.
 */
final class SimulatedPool {

    static final double CAPACITY = 1000;

    private static final double IDLE_LATENCY = 0.04;
    private static final double MAX_UTILISATION = 0.95;
    private static final int STARTS_FOR = 6;
    private static final int DRAINS_FOR = 2;
    private static final int WARMS_FOR = 15;

    /**
     * One second.
     *
     * @param converters that are ready
     * @param backlog requests that wait because the converters are at their capacity
     */
    record Second(int second, double load, int converters, double requests, double backlog, ScalingDecision decision) {}

    private final ScalerSettings settings;
    private final ScalingRule rule;
    private final double cpuPerRequest;

    /** When each converter is ready; it is starting until then. */
    private final List<Integer> readyAt = new ArrayList<>();

    private final List<Integer> goneAt = new ArrayList<>();
    private double backlog;

    /**
     * Starts with one converter, which is warm.
     *
     * @param cpuPerRequest in seconds; 0.001 uses one processor at the capacity
     */
    SimulatedPool(ScalerSettings settings, ScalingRule rule, double cpuPerRequest) {
        this.settings = settings;
        this.rule = rule;
        this.cpuPerRequest = cpuPerRequest;
        readyAt.add(-WARMS_FOR);
    }

    List<Second> run(LoadCurve curve) {
        List<Second> seconds = new ArrayList<>();
        for (int second = 0; second <= curve.seconds(); second++) {
            seconds.add(step(second, curve.at(second)));
        }
        return seconds;
    }

    private Second step(int second, double load) {
        int ready = (int) readyAt.stream().filter(at -> at <= second).count();
        int warming = (int) readyAt.stream()
                .filter(at -> at <= second && second - at < WARMS_FOR)
                .count();
        backlog = Math.max(0, backlog + load - ready * CAPACITY);
        double each = Math.min(MAX_UTILISATION, load / ready / CAPACITY);
        double requests = ready * each * CAPACITY * IDLE_LATENCY / (1 - each) + backlog;
        double cpu = (ready - warming) * (0.02 + each * CAPACITY * cpuPerRequest);
        goneAt.removeIf(at -> at <= second);
        ClusterLoad seen = new ClusterLoad(ready, warming, readyAt.size() - ready, goneAt.size(), requests, cpu);
        ScalingDecision decision = rule.decide(
                settings, seen, readyAt.size(), Duration.ofSeconds(second).toNanos());
        while (decision.direction() == Direction.OUT && readyAt.size() < decision.desired()) {
            readyAt.add(second + STARTS_FOR);
        }
        while (decision.direction() == Direction.IN && readyAt.size() > decision.desired()) {
            readyAt.remove(readyAt.size() - 1);
            goneAt.add(second + DRAINS_FOR);
        }
        return new Second(second, load, ready, requests, backlog, decision);
    }
}
