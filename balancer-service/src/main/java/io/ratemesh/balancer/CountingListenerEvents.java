package io.ratemesh.balancer;

import io.ratemesh.balancer.accesslog.ListenerLog;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerEvents;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what happens at a port of one event loop, and logs what is answered there. */
record CountingListenerEvents(ListenerCounts counts, Optional<ListenerLog> log) implements ListenerEvents {

    @Override
    public void connectionOpened() {
        counts.connectionOpened();
    }

    @Override
    public void connectionRefused() {
        counts.connectionRefused();
    }

    @Override
    public void connectionClosed() {
        counts.connectionClosed();
    }

    @Override
    public void rejected(@Nullable SocketAddress client, int status, long millis) {
        counts.refusedOnTheWire(status);
        log.ifPresent(at -> at.rejected(client, status, millis));
    }

    @Override
    public void headAborted(@Nullable SocketAddress client, long millis) {
        counts.request();
        counts.refused();
        log.ifPresent(at -> at.aborted(client, millis));
    }

    /** Whoever has the request logs it, and has counted it. */
    @Override
    public void bodyRejected(@Nullable SocketAddress client, int status) {
        counts.refused();
        counts.answered(status, 0);
    }

    @Override
    public void rejected(HttpServerRequest request, int status) {
        counts.refusedOnTheWire(status);
        log.ifPresent(at -> at.rejected(request, status));
    }

    @Override
    public void sentOn(HttpServerRequest request, int status) {
        counts.request();
        counts.answered(status, 0);
        log.ifPresent(at -> at.responded(request, status, 0, 0));
    }
}
