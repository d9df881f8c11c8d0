package io.ratemesh.node.http;

import io.ratemesh.node.NodeState;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The health checks of a node. Live: its event loop runs. Startup: it has been ready once. Ready: it can serve now; a service
 * adds its own conditions.
 */
public final class NodeHealth {

    private final HealthChecks live;
    private final HealthChecks startup;
    private final HealthChecks ready;

    /**
     * Registers the checks of every role.
     *
     * @param joined whether the node is in its cluster
     * @param state of the node
     */
    public NodeHealth(Vertx vertx, BooleanSupplier joined, Supplier<NodeState> state) {
        live = HealthChecks.create(vertx);
        startup = HealthChecks.create(vertx);
        ready = HealthChecks.create(vertx);
        live.register("event-loop", promise -> promise.complete(Status.OK()));
        startup.register("started", promise -> promise.complete(status(state.get() != NodeState.STARTING)));
        ready.register("cluster", promise -> promise.complete(status(joined.getAsBoolean())));
        ready.register(
                "state",
                promise -> promise.complete(status(state.get() == NodeState.READY)
                        .setData(new JsonObject().put("state", state.get().name()))));
    }

    /** Adds a readiness check. {@code status} is called on an event loop and must not block. */
    public void addReadinessCheck(String name, Supplier<Status> status) {
        ready.register(name, promise -> promise.complete(status.get()));
    }

    HealthChecks live() {
        return live;
    }

    HealthChecks startup() {
        return startup;
    }

    HealthChecks ready() {
        return ready;
    }

    private static Status status(boolean ok) {
        return ok ? Status.OK() : Status.KO();
    }
}
