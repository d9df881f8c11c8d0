package io.ratemesh.balancer.scale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of the scaler, registered once. The gauges show the status of the acting balancer on every balancer. */
final class ScalerMeters {

    private final Map<Direction, Counter> decisions = new EnumMap<>(Direction.class);
    private final Counter failures;

    /**
     * Registers the meters.
     *
     * @param status of the scaler, read at each scrape
     * @param node the id of this balancer
     */
    ScalerMeters(MeterRegistry meters, Supplier<JsonObject> status, String node) {
        add(meters, status, "desired", "Converters that should run, by the load or by an order");
        add(meters, status, "current", "Converters that run or are being started");
        add(meters, status, "pending", "Converters that are being started");
        add(meters, status, "min", "The fewest converters that may run");
        add(meters, status, "max", "The most converters that may run");
        Gauge.builder("ratemesh.scaler.acting", () -> node.equals(status.get().getString("acting")) ? 1 : 0)
                .description("1 on the balancer that scales")
                .register(meters);
        for (Direction direction : new Direction[] {Direction.OUT, Direction.IN}) {
            decisions.put(
                    direction,
                    Counter.builder("ratemesh.scaler.decisions")
                            .description("Decisions of this balancer to change the number of converters")
                            .tag("direction", direction.word())
                            .register(meters));
        }
        failures = Counter.builder("ratemesh.scaler.launches.failed")
                .description("Launches that failed, or after which the converter was not ready in time")
                .register(meters);
    }

    private static void add(MeterRegistry meters, Supplier<JsonObject> status, String field, String description) {
        // Zero would make others stop all converters.
        Gauge.builder("ratemesh.scaler." + field, () -> {
                    Integer value = status.get().getInteger(field);
                    return value == null ? Double.NaN : value;
                })
                .description(description)
                .baseUnit("converters")
                .register(meters);
    }

    void decided(Direction direction) {
        Counter counter = decisions.get(direction);
        if (counter != null) {
            counter.increment();
        }
    }

    void launchFailed() {
        failures.increment();
    }
}
