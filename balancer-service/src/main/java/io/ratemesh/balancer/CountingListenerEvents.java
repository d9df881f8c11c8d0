package io.ratemesh.balancer;

import io.ratemesh.balancer.accesslog.ListenerLog;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerEvents;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what happens at a listener on one event loop, and logs the requests that are not passed on. */
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
        counts.requestRejected(status);
        log.ifPresent(ofListener -> ofListener.rejected(client, status, millis));
    }

    @Override
    public void headAborted(@Nullable SocketAddress client, long millis) {
        counts.requestReceived();
        counts.rejected();
        log.ifPresent(ofListener -> ofListener.aborted(client, millis));
    }

    /** The handler of the request has counted it, and logs it. */
    @Override
    public void bodyRejected(@Nullable SocketAddress client, int status) {
        counts.rejected();
        counts.responded(status, 0);
    }

    @Override
    public void rejected(HttpServerRequest request, int status) {
        counts.requestRejected(status);
        log.ifPresent(ofListener -> ofListener.rejected(request, status));
    }

    @Override
    public void redirected(HttpServerRequest request, int status) {
        counts.requestReceived();
        counts.responded(status, 0);
        log.ifPresent(ofListener -> ofListener.responded(request, status, 0, 0));
    }
}
