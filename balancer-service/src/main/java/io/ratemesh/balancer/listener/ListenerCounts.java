package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.upstream.LoopCounter;
import io.ratemesh.balancer.upstream.ResponseCounter;

/** Counts of a listener on one event loop, which alone adds to them. Any thread may read them. */
public final class ListenerCounts {

    private final LoopCounter requests = new LoopCounter();
    private final LoopCounter rejected = new LoopCounter();
    private final LoopCounter clientAborts = new LoopCounter();
    private final LoopCounter bytesIn = new LoopCounter();
    private final LoopCounter bytesOut = new LoopCounter();
    private final LoopCounter connections = new LoopCounter();
    private final LoopCounter connectionsOpen = new LoopCounter();
    private final LoopCounter connectionsRefused = new LoopCounter();
    private final ResponseCounter responses = new ResponseCounter();

    public void connectionOpened() {
        connections.add(1);
        connectionsOpen.add(1);
    }

    public void connectionClosed() {
        connectionsOpen.add(-1);
    }

    /** A connection was over a limit, not allowed, or did not start in time. */
    public void connectionRefused() {
        connectionsRefused.add(1);
    }

    public void requestReceived() {
        requests.add(1);
    }

    /** A request that is counted already is invalid or not allowed. */
    public void rejected() {
        rejected.add(1);
    }

    /** A request that is not counted yet was rejected with this status, without a body. */
    public void requestRejected(int status) {
        requestReceived();
        rejected();
        responded(status, 0);
    }

    /** A client aborted before its response was complete. */
    public void clientAborted() {
        clientAborts.add(1);
    }

    /** Bytes of a request's body were received. */
    public void received(long bytes) {
        bytesIn.add(bytes);
    }

    /**
     * A response was sent.
     *
     * @param status 100 to 599
     * @param bytes of its body
     */
    public void responded(int status, long bytes) {
        responses.add(status);
        bytesOut.add(bytes);
    }

    /** Connections that are open now. */
    long connectionsOpen() {
        return connectionsOpen.get();
    }

    public ListenerSnapshot snapshot() {
        return new ListenerSnapshot(
                requests.get(),
                rejected.get(),
                clientAborts.get(),
                bytesIn.get(),
                bytesOut.get(),
                connections.get(),
                connectionsOpen.get(),
                connectionsRefused.get(),
                responses.get());
    }
}
