package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.stats.EventLog;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Live statistics as server-sent events: {@code stats} each second, built once for all clients and only while there are any; {@code ops}
 * for each event. Runs on one event loop.
 */
final class StatsStream implements Handler<RoutingContext> {

    private static final long PERIOD_MILLIS = 1000;

    /** Consecutive messages that a client had no room for until it is disconnected; it will reconnect. */
    private static final int MAX_SKIPPED = 10;

    private static final class Client {

        private final HttpServerRequest request;
        private int skipped;

        Client(HttpServerRequest request) {
            this.request = request;
        }

        HttpServerResponse response() {
            return request.response();
        }
    }

    private final Vertx vertx;
    private final Supplier<JsonObject> complete;
    private final Supplier<JsonObject> current;
    private final int maxClients;
    private final long periodMillis;
    private final Set<Client> clients = new LinkedHashSet<>();
    private long timer = -1;

    /**
     * Creates a stream without clients.
     *
     * @param complete statistics for the first message to a client
     * @param current statistics for the others
     * @param maxClients at the same time
     */
    StatsStream(
            Vertx vertx, Supplier<JsonObject> complete, Supplier<JsonObject> current, EventLog events, int maxClients) {
        this(vertx, complete, current, events, maxClients, PERIOD_MILLIS);
    }

    StatsStream(
            Vertx vertx,
            Supplier<JsonObject> complete,
            Supplier<JsonObject> current,
            EventLog events,
            int maxClients,
            long periodMillis) {
        this.vertx = vertx;
        this.complete = complete;
        this.current = current;
        this.maxClients = maxClients;
        this.periodMillis = periodMillis;
        events.listen(event -> send(message("ops", event)));
    }

    @Override
    public void handle(RoutingContext context) {
        if (clients.size() >= maxClients) {
            context.response().putHeader("Retry-After", "10");
            StatsProblem.TOO_MANY_STREAMS.send(
                    context, "There are " + maxClients + " streams, the maximum; try again later.");
            return;
        }
        Client client = new Client(context.request());
        context.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-cache, no-transform")
                .putHeader("X-Accel-Buffering", "no")
                .exceptionHandler(ignored -> remove(client))
                .closeHandler(ignored -> remove(client));
        context.response().write(Buffer.buffer("retry: 2000\n\n").appendBuffer(message("stats", complete.get())));
        clients.add(client);
        if (timer < 0) {
            timer = vertx.setPeriodic(periodMillis, ignored -> send(message("stats", current.get())));
        }
    }

    int clients() {
        return clients.size();
    }

    /** Sends a message to all clients but those that have not read the previous ones. */
    private void send(Buffer message) {
        for (Client client : new ArrayList<>(clients)) {
            if (!client.response().writeQueueFull()) {
                client.skipped = 0;
                client.response().write(message);
            } else if (++client.skipped >= MAX_SKIPPED) {
                remove(client);
                client.request.connection().close();
            }
        }
    }

    private void remove(Client client) {
        clients.remove(client);
        if (clients.isEmpty() && timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private static Buffer message(String event, JsonObject data) {
        return Buffer.buffer("event: " + event + "\ndata: ")
                .appendBuffer(data.toBuffer())
                .appendString("\n\n");
    }
}
