package io.ratemesh.balancer.upstream;

import io.ratemesh.balancer.upstream.outlier.HangDetector.Others;
import io.ratemesh.node.settings.FailureSettings.Hang;

/**
 * One upstream as one event loop uses it. Each loop has its own counts, so that loops never contend; readers add them up. Only the
 * owning loop changes it.
 */
public final class UpstreamOnLoop {

    /** The pool on the same event loop. */
    public interface Owner {

        /** The time, as {@link System#nanoTime()} gives it. */
        long now();

        /** A request to one of its upstreams starts. */
        void requestStarted();

        /** A request to one of its upstreams has ended, successful or not. */
        void requestEnded();
    }

    /** The load of one request under way. */
    public static final int LOAD_PER_REQUEST = 16;

    /** The most that errors add to the load; it decays within about ten seconds after the last error. */
    private static final int MAX_ERROR_LOAD = 64 * LOAD_PER_REQUEST;

    private final Upstream upstream;
    private final Owner owner;
    private final long nameHash;
    private final long[] inFlight;
    private final LoopCounter maxInFlight = new LoopCounter();
    private final LoopCounter requests = new LoopCounter();
    private final LoopCounter connectErrors = new LoopCounter();
    private final LoopCounter responseErrors = new LoopCounter();
    private final LoopCounter serverAborts = new LoopCounter();
    private final LoopCounter clientAborts = new LoopCounter();
    private final LoopCounter redispatches = new LoopCounter();
    private final LoopCounter bytesIn = new LoopCounter();
    private final LoopCounter bytesOut = new LoopCounter();
    private final LoopCounter lastRequestNanos = new LoopCounter();
    private final ResponseCounter responseCounts = new ResponseCounter();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final HangSuspicion suspicion;

    private long credit;
    private boolean candidate;
    private long load;
    private int weight = 100;
    private int limit;
    private int errorLoad;
    private long requestsSeen;
    private int pendingResponses;
    private long responses;

    public UpstreamOnLoop(Upstream upstream, Owner owner, long nameHash) {
        this.upstream = upstream;
        this.owner = owner;
        this.inFlight = upstream.inFlight().newCell();
        this.lastRequestNanos.add(UpstreamCounts.NEVER);
        this.suspicion = new HangSuspicion(upstream, owner.now());
        this.nameHash = nameHash;
    }

    public Upstream upstream() {
        return upstream;
    }

    /** A request starts. */
    public void begin() {
        InFlight.add(inFlight, 1);
        requests.add(1);
        owner.requestStarted();
        long now = upstream.inFlight().sum();
        if (now > maxInFlight.get()) {
            maxInFlight.add(now - maxInFlight.get());
        }
    }

    /** A request has ended, successful or not. A queued request may take its place at once. */
    public void end() {
        InFlight.add(inFlight, -1);
        owner.requestEnded();
    }

    /** A response is pending, until {@link #stopAwaitingResponse()}, or first the connection. */
    public void startAwaitingResponse() {
        pendingResponses++;
    }

    /** The response has started, or the request has ended. */
    public void stopAwaitingResponse() {
        pendingResponses--;
    }

    /** A connection was refused. The upstream is marked down for all event loops at once. */
    public void connectRefused() {
        connectErrors.add(1);
        addErrorLoad();
        upstream.connectRefused();
    }

    /**
     * A connection timed out. The upstream stays in use: under many connections at once some are late. Its checks decide, and
     * consecutive failures eject it.
     */
    public void connectTimedOut() {
        connectErrors.add(1);
        addErrorLoad();
        upstream.connectionFailed();
    }

    /** The connection broke before the response, or the response is invalid. */
    public void responseFailed() {
        responseErrors.add(1);
        addErrorLoad();
        upstream.connectionFailed();
    }

    /** A tunnel or TCP connection broke. */
    public void connectionBroken() {
        serverAborts.add(1);
        addErrorLoad();
        upstream.connectionFailed();
    }

    /**
     * A response ended early. Consecutive ones eject the upstream.
     *
     * @param startNanos when its head was received
     */
    public void responseBroken(long startNanos) {
        serverAborts.add(1);
        addErrorLoad();
        upstream.responseBroken(startNanos);
    }

    /** A response was received completely. */
    public void responseCompleted() {
        upstream.responseCompleted();
    }

    /** The client aborted: not counted as a failure of the upstream. */
    public void clientAborted() {
        clientAborts.add(1);
    }

    /** The client aborted after a long time without a response: counted as a failure of the upstream. */
    public void responseOverdue() {
        clientAborts.add(1);
        addErrorLoad();
        upstream.connectionFailed();
    }

    /** A failed request is sent to another upstream. */
    public void redispatched() {
        redispatches.add(1);
    }

    /**
     * The head of a response was received.
     *
     * @param status 100 to 599
     */
    public void responseStarted(int status) {
        responses++;
        responseCounts.add(status);
        if (status >= 500) {
            addErrorLoad();
            upstream.serverError();
        } else {
            upstream.responseSucceeded();
        }
    }

    /** Records the time from the request to the first byte of the response. */
    public void recordLatency(long nanos) {
        latencies.record(nanos);
    }

    /** Counts body bytes sent to the upstream. */
    public void bytesSent(int bytes) {
        bytesIn.add(bytes);
    }

    /** Counts body bytes received from the upstream. */
    public void bytesReceived(int bytes) {
        bytesOut.add(bytes);
    }

    /** The current counts. */
    public UpstreamCounts counts() {
        return new UpstreamCounts(
                InFlight.get(inFlight),
                maxInFlight.get(),
                requests.get(),
                connectErrors.get(),
                responseErrors.get(),
                serverAborts.get(),
                clientAborts.get(),
                redispatches.get(),
                bytesIn.get(),
                bytesOut.get(),
                lastRequestNanos.get(),
                responseCounts.get());
    }

    /** Requests under way on this event loop. */
    public int inFlight() {
        return (int) InFlight.get(inFlight);
    }

    /** Whether it has capacity for one more request. Event loops may exceed the limit by one request each. */
    public boolean hasCapacity() {
        return limit == 0 || upstream.inFlight().sum() < limit;
    }

    /** Updates its load from all event loops. Returns whether it has capacity for one more request. */
    public boolean updateLoad() {
        long now = upstream.inFlight().sum();
        load = now * LOAD_PER_REQUEST + errorLoad;
        return limit == 0 || now < limit;
    }

    /** Whether the policy considers it for the current request. */
    public boolean isCandidate() {
        return candidate;
    }

    public void setCandidate(boolean considered) {
        candidate = considered;
    }

    /** The credit of the weighted round robin, in hundredths of a request. */
    public long credit() {
        return credit;
    }

    public void addCredit(long amount) {
        credit += amount;
    }

    /** Requests under way on all event loops and recent errors on this one, as of {@link #updateLoad()}, in units of {@link #LOAD_PER_REQUEST}. */
    public long load() {
        return load;
    }

    /** Whether this event loop suspects that it hangs. */
    public boolean isSuspected() {
        return suspicion.isActive();
    }

    /**
     * Whether it hangs: responses are pending, it is suspected, and a check since then had no response either or its node is lost.
     * Its requests may be sent to another upstream.
     */
    public boolean isHanging() {
        return pendingResponses > 0 && suspicion.isConfirmed();
    }

    /** Requests without a response so far. */
    public int pendingResponses() {
        return pendingResponses;
    }

    /** Responses on this event loop, ever. */
    public long responses() {
        return responses;
    }

    /** Its weight in hundredths. */
    public int weight() {
        return weight;
    }

    public long nameHash() {
        return nameHash;
    }

    public LatencyHistogram latencies() {
        return latencies;
    }

    public void setShare(int hundredths, int maxInFlight) {
        weight = hundredths;
        limit = maxInFlight;
    }

    /** Updates the time of the last request; to be called regularly. */
    public void updateLastRequest(long nowNanos) {
        if (requests.get() != requestsSeen) {
            requestsSeen = requests.get();
            lastRequestNanos.add(nowNanos - lastRequestNanos.get());
        }
    }

    /**
     * Detects whether it sends no responses while others do, or have none to send.
     *
     * @param others the other upstreams of the pool on this loop
     */
    public void detectHang(Hang settings, Others others, long nowNanos) {
        suspicion.update(settings, pendingResponses, responses, others, nowNanos);
    }

    /** Reduces the load of errors by a fifth; to be called each second. */
    public void decayErrors() {
        errorLoad = errorLoad * 4 / 5;
    }

    private void addErrorLoad() {
        errorLoad = Math.min(MAX_ERROR_LOAD, errorLoad + LOAD_PER_REQUEST);
    }
}
