package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.upstream.LoopCounter;

/** The counters of {@link TcpTotals} on one event loop. */
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

    void proxyHeaderInvalid() {
        invalidProxyHeaders.add(1);
    }

    void clientLimitExceeded() {
        clientLimitExceeded.add(1);
    }

    void noServerAvailable() {
        noServerAvailable.add(1);
    }

    void clientAborted() {
        clientAborts.add(1);
    }

    void idleTimedOut() {
        idleTimeouts.add(1);
    }

    void drainTimedOut() {
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
