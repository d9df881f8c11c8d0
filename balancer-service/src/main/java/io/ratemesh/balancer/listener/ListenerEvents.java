package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.http.RefusalListener;
import io.vertx.core.http.HttpServerRequest;

/** Gets what happens at a listener on one event loop, except the requests that are passed on. */
public interface ListenerEvents extends RefusalListener {

    /** A connection was accepted and has started: its TLS handshake or HTTP/2 preface, where it has one, is complete. */
    void connectionOpened();

    /** A connection was over a limit, not allowed, or did not start in time. */
    void connectionRefused();

    /** A connection that was opened is closed. */
    void connectionClosed();

    /** A request was rejected with this status, as it is over a limit. */
    void rejected(HttpServerRequest request, int status);

    /** A request was redirected with this status. */
    void redirected(HttpServerRequest request, int status);
}
