package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.chaos.Violations.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One fault and what clients noticed of it.
 *
 * @param reconnects how many streams were opened again
 * @param recovery from the end of the fault until the cluster was whole and every reader received something; empty if not in time
 */
record ChaosResult(
        ChaosFault fault,
        ConversionLoad.Counts counts,
        Violations violations,
        long reconnects,
        Optional<Duration> recovery) {

    /** GET requests without a good response; those that a client had to send to another door count if no door was hit. */
    long failed() {
        return violations.count(Kind.FAILED) + (fault.hitsFrontDoor() ? 0 : counts.repeated());
    }

    boolean isGood() {
        return failed() == 0 && violations.isEmpty() && recovery.isPresent();
    }

    String recoveryText() {
        return recovery.map(time -> String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0))
                .orElse("none");
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("fault", fault.label())
                .put("good", isGood())
                .put("requests", counts.requests())
                .put("repeated", counts.repeated())
                .put("slowestMillis", counts.slowestMillis())
                .put("reconnects", reconnects)
                .put("recoveryMillis", recovery.map(Duration::toMillis).orElse(null))
                .put("examples", new JsonArray(violations.examples()));
        for (Kind kind : Kind.values()) {
            json.put(kind.name().toLowerCase(Locale.ROOT), kind == Kind.FAILED ? failed() : violations.count(kind));
        }
        return json;
    }
}
