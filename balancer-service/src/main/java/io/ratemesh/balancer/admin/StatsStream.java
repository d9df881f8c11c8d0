package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.stats.EventLog;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The statistics live, as server-sent events: {@code stats} each second, made once for all who read and not at all while nobody
 * does; {@code ops} as operators' events come. Lives on one event loop.
 */
final class StatsStream implements Handler<RoutingContext> {

    private static final long PERIOD_MILLIS = 1000;

    /** Messages in a row that a reader had no room for until it is cut off; it will come back. */
    private static final int PATIENCE = 10;

    private static final class Reader {

        private final RoutingContext ask;
        private int stalled;

        Reader(RoutingContext ask) {
            this.ask = ask;
        }

        HttpServerResponse response() {
            return ask.response();
        }
    }

    private final Vertx vertx;
    private final Supplier<JsonObject> snapshot;
    private final EventLog events;
    private final int most;
    private final long periodMillis;
    private final Set<Reader> readers = new LinkedHashSet<>();
    private long timer = -1;

    /**
     * Nobody reads yet.
     *
     * @param snapshot of the statistics, without the events
     * @param most readers at once
     */
    StatsStream(Vertx vertx, Supplier<JsonObject> snapshot, EventLog events, int most) {
        this(vertx, snapshot, events, most, PERIOD_MILLIS);
    }

    StatsStream(Vertx vertx, Supplier<JsonObject> snapshot, EventLog events, int most, long periodMillis) {
        this.vertx = vertx;
        this.snapshot = snapshot;
        this.events = events;
        this.most = most;
        this.periodMillis = periodMillis;
        events.tell(event -> send(message("ops", event)));
    }

    @Override
    public void handle(RoutingContext ask) {
        if (readers.size() >= most) {
            ask.response().putHeader("Retry-After", "10");
            StatsProblem.TOO_MANY_STREAMS.send(ask, "At most " + most + " may read at once.");
            return;
        }
        Reader reader = new Reader(ask);
        ask.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-cache, no-transform")
                .putHeader("X-Accel-Buffering", "no")
                .exceptionHandler(ignored -> leave(reader))
                .closeHandler(ignored -> leave(reader));
        JsonObject first = snapshot.get().put("events", events.toJson());
        ask.response().write(Buffer.buffer("retry: 2000\n\n").appendBuffer(message("stats", first)));
        readers.add(reader);
        if (timer < 0) {
            timer = vertx.setPeriodic(periodMillis, ignored -> send(message("stats", snapshot.get())));
        }
    }

    int readers() {
        return readers.size();
    }

    /** Who has not taken what it was sent before gets none of this. */
    private void send(Buffer message) {
        for (Reader reader : new ArrayList<>(readers)) {
            if (!reader.response().writeQueueFull()) {
                reader.stalled = 0;
                reader.response().write(message);
            } else if (++reader.stalled >= PATIENCE) {
                leave(reader);
                reader.ask.request().connection().close();
            }
        }
    }

    private void leave(Reader reader) {
        readers.remove(reader);
        if (readers.isEmpty() && timer >= 0) {
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
