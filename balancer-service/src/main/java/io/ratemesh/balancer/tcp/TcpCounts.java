package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.upstream.LoopCounter;

/** Counters of a TCP port on one event loop. */
final class TcpCounts {

    private final LoopCounter connections = new LoopCounter();
    private final LoopCounter open = new LoopCounter();
    private final LoopCounter invalidProxyHeaders = new LoopCounter();
    private final LoopCounter clientLimitExceeded = new LoopCounter();
    private final LoopCounter noServerAvailable = new LoopCounter();
    private final LoopCounter clientAborts = new LoopCounter();
    private final LoopCounter idleTimeouts = new LoopCounter();
    private final LoopCounter drainTimeouts = new LoopCounter();
    private final LoopCounter bytesIn = new LoopCounter();
    private final LoopCounter bytesOut = new LoopCounter();

    void opened() {
        connections.add(1);
        open.add(1);
    }

    void closed() {
        open.add(-1);
    }

    /** Counts a connection without a valid PROXY protocol header. */
    void invalidProxyHeaders() {
        invalidProxyHeaders.add(1);
    }

    /** Counts a connection over the limit of the client that its PROXY protocol header names. */
    void clientLimitExceeded() {
        clientLimitExceeded.add(1);
    }

    /** Counts a connection without a server. */
    void noServerAvailable() {
        noServerAvailable.add(1);
    }

    /** Counts a connection that its client aborted. */
    void clientLeft() {
        clientAborts.add(1);
    }

    /** Counts a connection closed because it was idle. */
    void idleTimeouts() {
        idleTimeouts.add(1);
    }

    /** Counts a connection still open at the end of a drain. */
    void drainTimeouts() {
        drainTimeouts.add(1);
    }

    void received(int bytes) {
        bytesIn.add(bytes);
    }

    void sent(int bytes) {
        bytesOut.add(bytes);
    }

    TcpTotals get() {
        return new TcpTotals(
                connections.get(),
                open.get(),
                invalidProxyHeaders.get(),
                clientLimitExceeded.get(),
                noServerAvailable.get(),
                clientAborts.get(),
                idleTimeouts.get(),
                drainTimeouts.get(),
                bytesIn.get(),
                bytesOut.get());
    }
}
