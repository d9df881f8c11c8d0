package io.ratemesh.balancer.upstream;

import io.ratemesh.balancer.upstream.outlier.HangDetector;
import io.ratemesh.node.settings.FailureSettings.Hang;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One upstream as one event loop uses it. Each loop has its own counts, so that loops never wait for each other; who
 * wants the whole adds them up. Only the owning loop changes it.
 */
public final class UpstreamOnLoop {

    /** The pool on the same event loop. */
    public interface Owner {

        /** The time, as {@link System#nanoTime()} gives it. */
        long now();

        /** A request goes to one of its upstreams. */
        void requestStarted();

        /** A request to one of its upstreams has ended, in whatever way. */
        void requestEnded();
    }

    /** What one request under way adds to the load. */
    public static final int LOAD_PER_REQUEST = 16;

    /** Errors count as so many requests at most: after the last one they are forgotten in some ten seconds. */
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
    private final HangDetector hangDetector;

    /** What a choice keeps here from one request to the next. */
    public long credit;

    /** What a choice keeps here while it looks at all. */
    public boolean inTurn;

    private long load;
    private int weight = 100;
    private int limit;
    private int errorLoad;
    private long requestsSeen;
    private int pendingResponses;
    private long responses;
    private @Nullable CheckResult checkBeforeSuspicion;

    public UpstreamOnLoop(Upstream upstream, Owner owner, long nameHash) {
        this.upstream = upstream;
        this.owner = owner;
        this.inFlight = upstream.inFlight().newCell();
        this.lastRequestNanos.add(UpstreamCounts.NEVER);
        this.hangDetector = new HangDetector(owner.now());
        this.nameHash = nameHash;
    }

    public Upstream upstream() {
        return upstream;
    }

    /** A request goes there. */
    public void begin() {
        InFlight.add(inFlight, 1);
        requests.add(1);
        owner.requestStarted();
        long now = upstream.inFlight().sum();
        if (now > maxInFlight.get()) {
            maxInFlight.add(now - maxInFlight.get());
        }
    }

    /** The request that went there has ended, in whatever way. Who waits in line may be sent there at once. */
    public void end() {
        InFlight.add(inFlight, -1);
        owner.requestEnded();
    }

    /** A request's answer is waited for, until {@link #stopAwaitingResponse()}. */
    public void startAwaitingResponse() {
        pendingResponses++;
    }

    /** The answer has begun, or nobody wants it any more. */
    public void stopAwaitingResponse() {
        pendingResponses--;
    }

    /** It refused the connection: down for everyone at once. */
    public void connectRefused() {
        connectErrors.add(1);
        addErrorLoad();
        upstream.connectRefused();
    }

    /**
     * It did not take the connection in time. That alone is no reason to send nothing there: a node that many connect to at
     * once is late with some of them and well all the same; whether it is, its checks say. Some in a row eject it.
     */
    public void connectTimedOut() {
        connectErrors.add(1);
        addErrorLoad();
        upstream.connectionFailed();
    }

    /** It took the request and broke off before it answered, or answered nonsense. */
    public void responseFailed() {
        responseErrors.add(1);
        addErrorLoad();
        upstream.connectionFailed();
    }

    /** It broke off amid octets that are not known to be answers. */
    public void connectionBroken() {
        serverAborts.add(1);
        addErrorLoad();
        upstream.connectionFailed();
    }

    /**
     * It broke off in the middle of its answer. Some of these in a row eject it, although each began well.
     *
     * @param begunNanos when the head of the answer came
     */
    public void responseBroken(long begunNanos) {
        serverAborts.add(1);
        addErrorLoad();
        upstream.responseBroken(begunNanos);
    }

    /** Its answer came to its end. */
    public void responseCompleted() {
        upstream.responseCompleted();
    }

    /** The client left before the answer was whole: no fault of this upstream. */
    public void clientAborted() {
        clientAborts.add(1);
    }

    /** The client waited long for an answer and gave up: that speaks against this upstream, be it hung or only slow. */
    public void responseOverdue() {
        clientAborts.add(1);
        addErrorLoad();
        upstream.connectionFailed();
    }

    /** A request that failed here goes to another. */
    public void redispatched() {
        redispatches.add(1);
    }

    /**
     * It answered.
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

    /** The answer began so long after the request went out. */
    public void recordLatency(long nanos) {
        latencies.record(nanos);
    }

    /** Body bytes sent there. */
    public void bytesSent(int bytes) {
        bytesIn.add(bytes);
    }

    /** Body bytes that came from there. */
    public void bytesReceived(int bytes) {
        bytesOut.add(bytes);
    }

    /** The counts as they are now. */
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

    /** Requests under way on this loop. */
    public int inFlight() {
        return (int) InFlight.get(inFlight);
    }

    /** Whether one more request may go there. Loops that ask at the same moment may each send one. */
    public boolean hasCapacity() {
        return limit == 0 || upstream.inFlight().sum() < limit;
    }

    /** Takes its load from all loops; whether one more request may go there. */
    public boolean updateLoad() {
        long now = upstream.inFlight().sum();
        load = now * LOAD_PER_REQUEST + errorLoad;
        return limit == 0 || now < limit;
    }

    /** Requests under way on all loops and recent errors on this one, when it was last looked at; in {@link #LOAD_PER_REQUEST}s. */
    public long load() {
        return load;
    }

    /** Whether it keeps everybody waiting while others answer. */
    public boolean isSuspected() {
        return hangDetector.isSuspected();
    }

    /**
     * Whether it hangs, as far as can be known: it keeps everybody waiting, and a check since then had no answer either. What is
     * under way there may be asked of another.
     */
    public boolean isHanging() {
        return pendingResponses > 0
                && hangDetector.isSuspected()
                && checkSinceSuspicion().filter(check -> !check.isResponsive()).isPresent();
    }

    @SuppressWarnings("ReferenceEquality") // Each check has an outcome of its own.
    private Optional<CheckResult> checkSinceSuspicion() {
        return upstream.lastCheck().filter(check -> check != checkBeforeSuspicion);
    }

    /** Answers it has given on this loop. */
    public long responses() {
        return responses;
    }

    /** In hundredths. */
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

    /** Sees whether it was used since it was last called. */
    public void updateLastRequest(long nowNanos) {
        if (requests.get() != requestsSeen) {
            requestsSeen = requests.get();
            lastRequestNanos.add(nowNanos - lastRequestNanos.get());
        }
    }

    /**
     * Detects whether it sends no responses while others do.
     *
     * @param poolResponses of all upstreams of the pool on this loop, ever
     */
    public void detectHang(Hang settings, long poolResponses, long nowNanos) {
        boolean before = hangDetector.isSuspected();
        if (hangDetector.isSuspected()) {
            Optional<CheckResult> check = checkSinceSuspicion();
            if (check.filter(CheckResult::hasStatus).isPresent()) {
                hangDetector.clear();
            } else if (check.filter(each -> !each.isResponsive()).isPresent()) {
                hangDetector.confirm(nowNanos);
            }
        } else {
            checkBeforeSuspicion = upstream.lastCheck().orElse(null);
        }
        hangDetector.update(settings, pendingResponses, responses, poolResponses - responses, nowNanos);
        if (hangDetector.isSuspected() != before) {
            upstream.setSuspectedByLoop(!before);
        }
    }

    /** Forgets a fifth of its errors; to be called each second. */
    public void decayErrors() {
        errorLoad = errorLoad * 4 / 5;
    }

    private void addErrorLoad() {
        errorLoad = Math.min(MAX_ERROR_LOAD, errorLoad + LOAD_PER_REQUEST);
    }
}
