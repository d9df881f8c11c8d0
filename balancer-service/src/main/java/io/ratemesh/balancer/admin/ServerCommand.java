package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.Upstream;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A change of a server by an operator.
 *
 * @param state the new admin state, if any
 * @param weight the new weight, 1 to 256, if any
 */
record ServerCommand(Optional<AdminState> state, OptionalInt weight) {

    private static final int MAX_WEIGHT = 256;
    private static final Map<String, AdminState> STATES =
            Map.of("ready", AdminState.READY, "drain", AdminState.DRAIN, "maint", AdminState.MAINTENANCE);

    /**
     * Reads {@code {"state":"drain","weight":5}}; one of the two may be missing.
     *
     * @throws IllegalArgumentException if the body is invalid; the message says why
     */
    static ServerCommand read(@Nullable Buffer body) {
        Map<String, Object> fields = StrictBody.read(body, new TreeSet<>(Set.of("state", "weight")));
        Object state = fields.get("state");
        Object weight = fields.get("weight");
        if (state == null && weight == null) {
            throw new IllegalArgumentException(
                    "the body has no state and no weight; use {\"state\":\"drain\"}, {\"weight\":5} or both");
        }
        Optional<AdminState> wanted = Optional.empty();
        if (state != null) {
            wanted = state instanceof String word ? state(word) : Optional.empty();
            if (wanted.isEmpty()) {
                throw new IllegalArgumentException("state: must be ready, drain or maint");
            }
        }
        if (weight == null) {
            return new ServerCommand(wanted, OptionalInt.empty());
        }
        if (weight instanceof Integer value && value >= 1 && value <= MAX_WEIGHT) {
            return new ServerCommand(wanted, OptionalInt.of(value));
        }
        throw new IllegalArgumentException("weight: must be an integer from 1 to " + MAX_WEIGHT);
    }

    /** Parses {@code ready}, {@code drain} or {@code maint}. */
    static Optional<AdminState> state(String word) {
        return Optional.ofNullable(STATES.get(word));
    }

    void apply(Upstream server) {
        state.ifPresent(server::setAdminState);
        weight.ifPresent(server::setWeight);
    }

    /** The type of the event that reports this command. */
    String eventType() {
        return state.map(wanted -> switch (wanted) {
                    case READY -> "server-enabled";
                    case DRAIN -> "server-drained";
                    case MAINTENANCE -> "server-disabled";
                })
                .orElse("server-reweighted");
    }

    /** The detail of that event. */
    String description() {
        String newState = state.map(each -> switch (each) {
                    case READY -> "ready";
                    case DRAIN -> "drain";
                    case MAINTENANCE -> "maintenance";
                })
                .orElse("");
        String newWeight = weight.isPresent() ? "weight " + weight.getAsInt() : "";
        return newState + (newState.isEmpty() || newWeight.isEmpty() ? "" : ", ") + newWeight;
    }
}
