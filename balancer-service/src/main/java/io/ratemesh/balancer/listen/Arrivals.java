package io.ratemesh.balancer.listen;

/** Told what happens at the ports of one event loop, on that loop. */
public interface Arrivals {

    /** A connection was let in. */
    void connectionOpened();

    /** One that was let in is gone. */
    void connectionClosed();

    /** A request was answered with {@code status}, 400 to 505, before anybody behind the port saw it. */
    void refused(int status);
}
