package io.ratemesh.balancer.stats;

import io.ratemesh.node.ops.OpsEvents;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The last events for operators, newest first. Runs on one event loop. */
public final class EventLog {

    private static final int MAX_EVENTS = 200;

    private final Deque<JsonObject> events = new ArrayDeque<>(MAX_EVENTS);
    private Consumer<JsonObject> listener = ignored -> {};

    public EventLog(Vertx vertx) {
        vertx.eventBus().<JsonObject>consumer(OpsEvents.ADDRESS, message -> {
            events.addFirst(message.body());
            if (events.size() > MAX_EVENTS) {
                events.removeLast();
            }
            listener.accept(message.body());
        });
    }

    /** Sets the listener that receives each event. */
    public void listen(Consumer<JsonObject> newListener) {
        listener = newListener;
    }

    public JsonArray toJson() {
        JsonArray json = new JsonArray();
        events.forEach(json::add);
        return json;
    }
}
