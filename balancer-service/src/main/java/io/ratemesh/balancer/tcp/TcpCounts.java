package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.upstream.LoopCounter;

/** What happened at a port, on one event loop. */
final class TcpCounts {

    private final LoopCounter connections = new LoopCounter();
    private final LoopCounter open = new LoopCounter();
    private final LoopCounter unintroduced = new LoopCounter();
    private final LoopCounter oneTooMany = new LoopCounter();
    private final LoopCounter turnedAway = new LoopCounter();
    private final LoopCounter clientsLeft = new LoopCounter();
    private final LoopCounter idled = new LoopCounter();
    private final LoopCounter cut = new LoopCounter();
    private final LoopCounter bytesIn = new LoopCounter();
    private final LoopCounter bytesOut = new LoopCounter();

    void opened() {
        connections.add(1);
        open.add(1);
    }

    void closed() {
        open.add(-1);
    }

    /** Nobody said whose it is. */
    void unintroduced() {
        unintroduced.add(1);
    }

    /** It was said whose it is, and that client has too many. */
    void oneTooMany() {
        oneTooMany.add(1);
    }

    /** No server took it. */
    void turnedAway() {
        turnedAway.add(1);
    }

    /** Its client broke it off. */
    void clientLeft() {
        clientsLeft.add(1);
    }

    /** Nothing came or went for too long. */
    void idled() {
        idled.add(1);
    }

    /** It was still open when this balancer had to leave. */
    void cut() {
        cut.add(1);
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
                unintroduced.get(),
                oneTooMany.get(),
                turnedAway.get(),
                clientsLeft.get(),
                idled.get(),
                cut.get(),
                bytesIn.get(),
                bytesOut.get());
    }
}
