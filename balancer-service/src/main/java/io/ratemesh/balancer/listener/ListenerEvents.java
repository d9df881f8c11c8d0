package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.http.RefusalListener;
import io.vertx.core.http.HttpServerRequest;

/** Told what happens at the ports of one event loop, on that loop. */
public interface ListenerEvents extends RefusalListener {

    /** A connection was let in and has begun: what TLS and HTTP/2 begin with is here. */
    void connectionOpened();

    /** A connection was not let in: one too many, of somebody who may not come, or one that did not begin in time. */
    void connectionRefused();

    /** One of those that were opened is gone. */
    void connectionClosed();

    /** A request was rejected with {@code status} by a limit. */
    void rejected(HttpServerRequest request, int status);

    /** A request was answered with {@code status} and another place to ask at. */
    void sentOn(HttpServerRequest request, int status);
}
