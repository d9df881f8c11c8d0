package io.ratemesh.balancer;

import io.ratemesh.balancer.listen.Arrivals;
import io.ratemesh.balancer.proxy.FrontDoorCounts;

/** Counts what happens at the ports of one event loop. */
record CountedArrivals(FrontDoorCounts counts) implements Arrivals {

    @Override
    public void connectionOpened() {
        counts.connectionOpened();
    }

    @Override
    public void connectionClosed() {
        counts.connectionClosed();
    }

    @Override
    public void refused(int status) {
        counts.refusedOnTheWire(status);
    }
}
