package io.ratemesh.balancer.upstream;

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
    public static final int REQUEST = 16;

    /** Errors count as so many requests at most: after the last one they are forgotten in some ten seconds. */
    private static final int MOST_ERRORS = 64 * REQUEST;

    private final Upstream upstream;
    private final Owner owner;
    private final long nameHash;
    private final long[] inFlight;
    private final LoopCounter mostInFlight = new LoopCounter();
    private final LoopCounter requests = new LoopCounter();
    private final LoopCounter failedConnects = new LoopCounter();
    private final LoopCounter brokenAnswers = new LoopCounter();
    private final LoopCounter brokenMidway = new LoopCounter();
    private final LoopCounter clientsLeft = new LoopCounter();
    private final LoopCounter retriedElsewhere = new LoopCounter();
    private final LoopCounter bytesIn = new LoopCounter();
    private final LoopCounter bytesOut = new LoopCounter();
    private final LoopCounter lastUsedNanos = new LoopCounter();
    private final ResponseCounter answers = new ResponseCounter();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final HangDetector silence;

    /** What a choice keeps here from one request to the next. */
    public long credit;

    /** What a choice keeps here while it looks at all. */
    public boolean inTurn;

    private long load;
    private int weight = 100;
    private int limit;
    private int errors;
    private long requestsSwept;
    private int waiting;
    private long heard;
    private @Nullable CheckResult checkBeforeDoubt;

    public UpstreamOnLoop(Upstream upstream, Owner owner, long nameHash) {
        this.upstream = upstream;
        this.owner = owner;
        this.inFlight = upstream.inFlight().cell();
        this.lastUsedNanos.add(UpstreamCounts.NEVER);
        this.silence = new HangDetector(owner.now());
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
        if (now > mostInFlight.get()) {
            mostInFlight.add(now - mostInFlight.get());
        }
    }

    /** The request that went there has ended, in whatever way. Who waits in line may be sent there at once. */
    public void end() {
        InFlight.add(inFlight, -1);
        owner.requestEnded();
    }

    /** A request's answer is waited for, until {@link #waitsNoMore()}. */
    public void waits() {
        waiting++;
    }

    /** The answer has begun, or nobody wants it any more. */
    public void waitsNoMore() {
        waiting--;
    }

    /** It refused the connection: down for everyone at once. */
    public void refusedConnect() {
        failedConnects.add(1);
        error();
        upstream.refused();
    }

    /**
     * It did not take the connection in time. That alone is no reason to send nothing there: a node that many connect to at
     * once is late with some of them and well all the same; whether it is, its checks say. Some in a row eject it.
     */
    public void missedConnect() {
        failedConnects.add(1);
        error();
        upstream.connectionFailed();
    }

    /** It took the request and broke off before it answered, or answered nonsense. */
    public void brokeOff() {
        brokenAnswers.add(1);
        error();
        upstream.connectionFailed();
    }

    /** It broke off amid octets that are not known to be answers. */
    public void brokeOffMidway() {
        brokenMidway.add(1);
        error();
        upstream.connectionFailed();
    }

    /**
     * It broke off in the middle of its answer. Some of these in a row eject it, although each began well.
     *
     * @param begunNanos when the head of the answer came
     */
    public void brokeOffMidway(long begunNanos) {
        brokenMidway.add(1);
        error();
        upstream.brokeMidway(begunNanos);
    }

    /** Its answer came to its end. */
    public void answeredWhole() {
        upstream.answeredWhole();
    }

    /** The client left before the answer was whole: no fault of this upstream. */
    public void clientLeft() {
        clientsLeft.add(1);
    }

    /** The client waited long for an answer and gave up: that speaks against this upstream, be it hung or only slow. */
    public void keptWaiting() {
        clientsLeft.add(1);
        error();
        upstream.connectionFailed();
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
        heard++;
        answers.add(status);
        if (status >= 500) {
            error();
            upstream.answeredBadly();
        } else {
            upstream.answeredWell();
        }
    }

    /** The answer began so long after the request went out. */
    public void firstByteAfter(long nanos) {
        latencies.record(nanos);
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
                InFlight.get(inFlight),
                mostInFlight.get(),
                requests.get(),
                failedConnects.get(),
                brokenAnswers.get(),
                brokenMidway.get(),
                clientsLeft.get(),
                retriedElsewhere.get(),
                bytesIn.get(),
                bytesOut.get(),
                lastUsedNanos.get(),
                answers.get());
    }

    /** Requests under way on this loop. */
    public int inFlight() {
        return (int) InFlight.get(inFlight);
    }

    /** Whether one more request may go there. Loops that ask at the same moment may each send one. */
    public boolean hasRoom() {
        return limit == 0 || upstream.inFlight().sum() < limit;
    }

    /** Takes its load from all loops; whether one more request may go there. */
    public boolean look() {
        long now = upstream.inFlight().sum();
        load = now * REQUEST + errors;
        return limit == 0 || now < limit;
    }

    /** Requests under way on all loops and recent errors on this one, when it was last looked at; in {@link #REQUEST}s. */
    public long load() {
        return load;
    }

    /** Whether it keeps everybody waiting while others answer. */
    public boolean doubted() {
        return silence.doubted();
    }

    /**
     * Whether it hangs, as far as can be known: it keeps everybody waiting, and a check since then had no answer either. What is
     * under way there may be asked of another.
     */
    public boolean hangs() {
        return waiting > 0
                && silence.doubted()
                && checkedSinceDoubt().filter(check -> !check.answered()).isPresent();
    }

    @SuppressWarnings("ReferenceEquality") // Each check has an outcome of its own.
    private Optional<CheckResult> checkedSinceDoubt() {
        return upstream.lastCheck().filter(check -> check != checkBeforeDoubt);
    }

    /** Answers it has given on this loop. */
    public long heard() {
        return heard;
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

    public void share(int hundredths, int maxInFlight) {
        weight = hundredths;
        limit = maxInFlight;
    }

    /** Sees whether it was used since it was last called. */
    public void sweep(long nowNanos) {
        if (requests.get() != requestsSwept) {
            requestsSwept = requests.get();
            lastUsedNanos.add(nowNanos - lastUsedNanos.get());
        }
    }

    /**
     * Sees whether it is silent while others answer.
     *
     * @param heardOfAll answers of the whole pool on this loop, ever
     */
    public void listen(long heardOfAll, long nowNanos) {
        if (silence.doubted()) {
            Optional<CheckResult> check = checkedSinceDoubt();
            if (check.filter(CheckResult::spoke).isPresent()) {
                silence.explained();
            } else if (check.filter(each -> !each.answered()).isPresent()) {
                silence.confirmed(nowNanos);
            }
        } else {
            checkBeforeDoubt = upstream.lastCheck().orElse(null);
        }
        silence.look(waiting, heard, heardOfAll - heard, nowNanos);
        if (silence.doubted()) {
            upstream.doubted();
        }
    }

    /** Forgets a fifth of its errors; to be called each second. */
    public void forgive() {
        errors = errors * 4 / 5;
    }

    private void error() {
        errors = Math.min(MOST_ERRORS, errors + REQUEST);
    }
}
