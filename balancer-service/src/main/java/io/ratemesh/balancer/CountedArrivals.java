package io.ratemesh.balancer;

import io.ratemesh.balancer.listen.Arrivals;
import io.ratemesh.balancer.log.AccessLane;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import java.util.Optional;

/** Counts what happens at the ports of one event loop, and logs what is refused there. */
record CountedArrivals(FrontDoorCounts counts, Optional<AccessLane> log) implements Arrivals {

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
        log.ifPresent(lane -> lane.refused(null, status));
    }
}
