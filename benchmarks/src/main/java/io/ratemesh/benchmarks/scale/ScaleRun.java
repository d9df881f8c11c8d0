package io.ratemesh.benchmarks.scale;

import io.ratemesh.benchmarks.load.Wrk;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects what is seen during a run. */
final class ScaleRun {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long startNanos = System.nanoTime();
    private final List<ScaleSample> samples = new ArrayList<>();
    private final List<ScaleReport.Step> steps = new ArrayList<>();
    private String lastDecision = "";

    /**
     * Adds the status of the scaler, and prints each new decision.
     *
     * @param ready converters that get requests
     */
    void sample(int connections, JsonObject scaler, int ready) {
        double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        samples.add(new ScaleSample(
                seconds,
                connections,
                scaler.getInteger("requestsInFlight", 0),
                scaler.getInteger("desired", 0),
                ready));
        // Null before the first decision.
        String decision = Objects.requireNonNullElse(scaler.getString("lastDecision"), "");
        if (!decision.equals(lastDecision)) {
            lastDecision = decision;
            System.out.printf("%5.1f s, %d connections: %s%n", seconds, connections, decision);
        }
    }

    /** Adds a step of the load that has ended. */
    void add(int connections, Wrk.Load load) {
        ScaleSample last = samples.get(samples.size() - 1);
        steps.add(new ScaleReport.Step(connections, load.perSecond(), last.requests(), last.desired(), last.ready()));
    }

    ScaleReport report() {
        return new ScaleReport(List.copyOf(steps), List.copyOf(samples));
    }
}
