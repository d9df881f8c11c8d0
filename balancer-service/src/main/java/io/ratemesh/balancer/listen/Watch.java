package io.ratemesh.balancer.listen;

import io.ratemesh.balancer.guard.Patience;
import io.ratemesh.balancer.guard.WireGuard;
import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Those who stand at one of the front door's ports, on one event loop: who lets in, who guards and who counts. */
final class Watch {

    private final Entrance entrance;
    private final Ports.Way way;
    private final WireGuard guard;
    private final Http2Guard guardOfStreams;
    private Patience patience;

    Watch(Vertx vertx, Entrance entrance, Ports.Way way) {
        LimitSettings limits = entrance.settings().limits();
        this.entrance = entrance;
        this.way = way;
        this.patience = Patience.of(limits);
        this.guard = new WireGuard(vertx, patience, way.arrivals()::refused);
        this.guardOfStreams = new Http2Guard(vertx, limits, way.arrivals()::refused);
    }

    /** Holds clients to other limits from now on, also those that are here. */
    void use(LimitSettings limits) {
        patience = Patience.of(limits);
        guard.use(patience);
        guardOfStreams.use(limits);
    }

    /** A connection has come. One that is not let in is closed. */
    void meet(HttpConnection connection, boolean proxied) {
        if (admits((ConnectionBase) connection, proxied)) {
            guard(connection);
        }
    }

    /** Whether a connection may come in; one that may not is closed. */
    boolean admits(ConnectionBase connection, boolean proxied) {
        boolean admitted = entrance.admission().admit(connection, proxied);
        if (!admitted) {
            way.arrivals().connectionRefused();
        }
        return admitted;
    }

    /** A connection that was let in begins. */
    void guard(HttpConnection connection) {
        guard.guard(connection);
        guardOfStreams.guard(connection);
        way.arrivals().connectionOpened();
        connection.closeHandler(ignored -> way.arrivals().connectionClosed());
    }

    /** Stands before a connection that has to be HTTP/2. */
    Preface preface() {
        return new Preface(patience, way.arrivals()::refused);
    }

    /** The door, for as many requests of a client as there may be. */
    Handler<HttpServerRequest> door() {
        return new RequestLimit(entrance.admission(), entrance.requests(), way.arrivals(), way.door());
    }

    Arrivals arrivals() {
        return way.arrivals();
    }
}
