package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.http.RefusalListener;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Told what happens at the ports of one event loop, on that loop. */
public interface ListenerEvents extends RefusalListener {

    /** A connection was let in and has begun: what TLS and HTTP/2 begin with is here. */
    void connectionOpened();

    /** A connection was not let in: one too many, of somebody who may not come, or one that did not begin in time. */
    void connectionRefused();

    /** One of those that were opened is gone. */
    void connectionClosed();

    /**
     * What came was no request, or not in time, and was answered before anybody behind the port saw it.
     *
     * @param client who sent it; null where that is not known any more
     * @param status of the answer, 400 to 505
     * @param millis since its first octet came, as far as it did not come at once
     */
    @Override
    void refused(@Nullable SocketAddress client, int status, long millis);

    /** A request was answered with {@code status}, as one too many. */
    void refused(HttpServerRequest request, int status);

    /** A request was answered with {@code status} and another place to ask at. */
    void sentOn(HttpServerRequest request, int status);
}
