package io.ratemesh.benchmarks.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A reader of a stream, which reconnects as an EventSource does. If its front door does not accept the connection, it tries the
 * next one, as if their address had moved. Used on one event loop; its times and counts may be read on any thread.
 */
final class ChaosReader {

    private static final long DEFAULT_RETRY_MILLIS = 2000;

    private final Vertx vertx;
    private final HttpClient client;
    private final List<BalancerAddress> doors;
    private final String target;
    private final ReaderState state;
    private int door;
    private volatile long receivedNanos;
    private final AtomicLong connections = new AtomicLong();
    private volatile boolean stopped;
    private long retryMillis = DEFAULT_RETRY_MILLIS;
    private String type = "";
    private String data = "";
    private long id;

    ChaosReader(
            Vertx vertx, HttpClient client, List<BalancerAddress> doors, int door, String target, ReceivedBooks books) {
        this.vertx = vertx;
        this.client = client;
        this.doors = doors;
        this.door = door;
        this.target = target;
        this.state = new ReaderState(target.replaceFirst("[^=]*=?", ""), books);
        this.receivedNanos = System.nanoTime();
    }

    void connect() {
        if (stopped) {
            return;
        }
        BalancerAddress to = doors.get(door % doors.size());
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(to.host())
                .setPort(to.port())
                .setURI(target)
                .putHeader("Accept", "text/event-stream");
        if (!state.lastEventId().isEmpty()) {
            request.putHeader("Last-Event-ID", state.lastEventId());
        }
        client.request(request)
                .compose(open -> open.send())
                .onSuccess(this::read)
                .onFailure(refused -> {
                    door++;
                    reconnect();
                });
    }

    boolean hasReceivedSince(long nanos) {
        return receivedNanos - nanos > 0;
    }

    /** How often a connection was established. */
    long connections() {
        return connections.get();
    }

    private void read(HttpClientResponse response) {
        type = "";
        data = "";
        RecordParser lines = RecordParser.newDelimited("\n", line -> line(line.toString()));
        // Vert.x reports one of them.
        response.exceptionHandler(broken -> reconnect()).endHandler(ended -> reconnect());
        if (response.statusCode() == 200) {
            connections.incrementAndGet();
            response.handler(lines);
        }
    }

    private void reconnect() {
        if (!stopped) {
            vertx.setTimer(retryMillis, later -> connect());
        }
    }

    /** Opens no more connections. */
    void stop() {
        stopped = true;
    }

    private void line(String line) {
        receivedNanos = System.nanoTime();
        String value = line.substring(Math.min(line.length(), line.indexOf(' ') + 1));
        if (line.isEmpty()) {
            if (!data.isEmpty()) {
                state.event(type, id, data);
            }
            type = "";
            data = "";
        } else if (line.startsWith("id: ")) {
            id = Long.parseLong(value);
        } else if (line.startsWith("event: ")) {
            type = value;
        } else if (line.startsWith("data: ")) {
            data = value;
        } else if (line.startsWith("retry: ")) {
            retryMillis = Long.parseLong(value);
        }
    }
}
