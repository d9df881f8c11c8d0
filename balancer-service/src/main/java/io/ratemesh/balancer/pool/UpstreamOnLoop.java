package io.ratemesh.balancer.pool;

/**
 * One upstream as one event loop uses it. Each loop has its own counts, so that loops never wait for each other; who
 * wants the whole adds them up.
 */
public final class UpstreamOnLoop implements Candidate {

    private final Upstream upstream;
    private final LoopCounter inFlight = new LoopCounter();
    private final LoopCounter requests = new LoopCounter();
    private final LoopCounter refusedConnects = new LoopCounter();
    private final LoopCounter brokenAnswers = new LoopCounter();
    private final LoopCounter retriedElsewhere = new LoopCounter();
    private final LoopCounter bytesIn = new LoopCounter();
    private final LoopCounter bytesOut = new LoopCounter();
    private final AnswerCounts answers = new AnswerCounts();

    public UpstreamOnLoop(Upstream upstream) {
        this.upstream = upstream;
    }

    public Upstream upstream() {
        return upstream;
    }

    @Override
    public boolean available() {
        return upstream.availability().takesRequests();
    }

    @Override
    public int inFlight() {
        return (int) inFlight.get();
    }

    /** A request goes there. */
    public void begin() {
        inFlight.add(1);
        requests.add(1);
    }

    /** The request that went there has ended, in whatever way. */
    public void end() {
        inFlight.add(-1);
    }

    /** It refused the connection: down for everyone at once. */
    public void refusedConnect() {
        refusedConnects.add(1);
        upstream.refused();
    }

    /**
     * It did not take the connection in time. That alone is no reason to send nothing there: a node that many connect to at
     * once is late with some of them and well all the same; whether it is, its checks say.
     */
    public void missedConnect() {
        refusedConnects.add(1);
    }

    /** It took the request and broke off. */
    public void brokeOff() {
        brokenAnswers.add(1);
    }

    /** A request that failed here goes to another. */
    public void retriedElsewhere() {
        retriedElsewhere.add(1);
    }

    /**
     * It answered.
     *
     * @param status 100 to 599
     */
    public void answered(int status) {
        answers.add(status);
    }

    /** Body bytes sent there. */
    public void sent(int bytes) {
        bytesIn.add(bytes);
    }

    /** Body bytes that came from there. */
    public void received(int bytes) {
        bytesOut.add(bytes);
    }

    /** The counts as they are now. */
    public UpstreamCounts counts() {
        return new UpstreamCounts(
                inFlight.get(),
                requests.get(),
                refusedConnects.get(),
                brokenAnswers.get(),
                retriedElsewhere.get(),
                bytesIn.get(),
                bytesOut.get(),
                answers.get());
    }
}
