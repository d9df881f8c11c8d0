package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.upstream.LoopCounter;
import io.ratemesh.balancer.upstream.ResponseCounter;

/** What happened at the front door, on one event loop. */
public final class ListenerCounts {

    private final LoopCounter requests = new LoopCounter();
    private final LoopCounter refused = new LoopCounter();
    private final LoopCounter abandoned = new LoopCounter();
    private final LoopCounter bytesIn = new LoopCounter();
    private final LoopCounter bytesOut = new LoopCounter();
    private final LoopCounter connections = new LoopCounter();
    private final LoopCounter connectionsOpen = new LoopCounter();
    private final LoopCounter connectionsRefused = new LoopCounter();
    private final ResponseCounter answers = new ResponseCounter();

    public void connectionOpened() {
        connections.add(1);
        connectionsOpen.add(1);
    }

    public void connectionClosed() {
        connectionsOpen.add(-1);
    }

    /** A connection was one too many, or of somebody who may not come. */
    public void connectionRefused() {
        connectionsRefused.add(1);
    }

    public void request() {
        requests.add(1);
    }

    /** A request that was not understood or not allowed. */
    public void refused() {
        refused.add(1);
    }

    /** A request that was answered with {@code status} before anybody but the guard saw it. */
    public void refusedOnTheWire(int status) {
        request();
        refused();
        answered(status, 0);
    }

    /** A client left before its answer was complete. */
    public void abandoned() {
        abandoned.add(1);
    }

    public void received(long bytes) {
        bytesIn.add(bytes);
    }

    /**
     * An answer went out.
     *
     * @param status 100 to 599
     * @param bytes of its body
     */
    public void answered(int status, long bytes) {
        answers.add(status);
        bytesOut.add(bytes);
    }

    /** Connections that are open now. Any thread may call this. */
    long connectionsOpen() {
        return connectionsOpen.get();
    }

    /** The counts as they are now. */
    public ListenerSnapshot snapshot() {
        return new ListenerSnapshot(
                requests.get(),
                refused.get(),
                abandoned.get(),
                bytesIn.get(),
                bytesOut.get(),
                connections.get(),
                connectionsOpen.get(),
                connectionsRefused.get(),
                answers.get());
    }
}
