package io.ratemesh.balancer.scale;

import io.ratemesh.node.settings.ScalerSettings;
import io.vertx.core.json.JsonObject;

/** The status of the scaler: {@code scaler} in {@code /stats.json}, and the message of the acting balancer to the others. */
public final class ScalerStatus {

    private ScalerStatus() {}

    /** The status of a balancer that cannot scale. */
    public static JsonObject none(String reason) {
        return new JsonObject()
                .put("mode", "off")
                .putNull("current")
                .putNull("desired")
                .put("reason", reason)
                .putNull("lastDecisionAt");
    }

    /** The status while no balancer acts. */
    static JsonObject of(ScalerSettings settings, String reason) {
        return none(reason)
                .put("min", settings.min())
                .put("max", settings.max())
                .put("targetInFlight", settings.targetInFlight())
                .put("targetCpuPercent", settings.targetCpu());
    }
}
