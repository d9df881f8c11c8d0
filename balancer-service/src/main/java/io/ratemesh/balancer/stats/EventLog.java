package io.ratemesh.balancer.stats;

import io.ratemesh.node.ops.OpsEvents;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The last events for operators, newest first. Lives on one event loop. */
public final class EventLog {

    private static final int KEPT = 200;

    private final Deque<JsonObject> events = new ArrayDeque<>(KEPT);
    private Consumer<JsonObject> listener = ignored -> {};

    public EventLog(Vertx vertx) {
        vertx.eventBus().<JsonObject>consumer(OpsEvents.ADDRESS, message -> {
            events.addFirst(message.body());
            if (events.size() > KEPT) {
                events.removeLast();
            }
            listener.accept(message.body());
        });
    }

    /** Tells one listener of each event as it comes. */
    public void tell(Consumer<JsonObject> next) {
        listener = next;
    }

    public JsonArray toJson() {
        JsonArray json = new JsonArray();
        events.forEach(json::add);
        return json;
    }
}
