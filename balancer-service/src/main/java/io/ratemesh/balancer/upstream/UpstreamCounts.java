package io.ratemesh.balancer.upstream;

/**
 * What happened to the requests for one upstream since it is known, on one loop or on all. The words in brackets are
 * HAProxy's. A request is never sent to the same upstream twice, so its {@code wretr} is always 0.
 *
 * @param inFlight under way now (scur)
 * @param mostInFlight under way at once at most, over all loops (smax)
 * @param requests sent there (stot, lbtot)
 * @param failedConnects connects that it refused or did not take in time (econ)
 * @param brokenAnswers answers that never came or were garbled (eresp)
 * @param brokenMidway answers that broke off after they had begun (srv_abrt)
 * @param clientsLeft requests whose client did not wait for the end (cli_abrt)
 * @param retriedElsewhere requests that failed there and went to another (wredis)
 * @param bytesIn body bytes to it (bin)
 * @param bytesOut body bytes from it (bout)
 * @param lastUsedNanos when the last one was sent, in the pool's time; {@link #NEVER} where none was (lastsess)
 * @param answers what it answered (hrsp_*)
 */
public record UpstreamCounts(
        long inFlight,
        long mostInFlight,
        long requests,
        long failedConnects,
        long brokenAnswers,
        long brokenMidway,
        long clientsLeft,
        long retriedElsewhere,
        long bytesIn,
        long bytesOut,
        long lastUsedNanos,
        ResponseCounts answers) {

    /** Says that no request was sent. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Nothing counted. */
    public static final UpstreamCounts NONE =
            new UpstreamCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NEVER, ResponseCounts.NONE);

    /** Both together; of what was under way at most, the greater. */
    public UpstreamCounts plus(UpstreamCounts other) {
        return new UpstreamCounts(
                inFlight + other.inFlight,
                Math.max(mostInFlight, other.mostInFlight),
                requests + other.requests,
                failedConnects + other.failedConnects,
                brokenAnswers + other.brokenAnswers,
                brokenMidway + other.brokenMidway,
                clientsLeft + other.clientsLeft,
                retriedElsewhere + other.retriedElsewhere,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                later(lastUsedNanos, other.lastUsedNanos),
                answers.plus(other.answers));
    }

    private static long later(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return one == NEVER ? other : one;
        }
        return one - other >= 0 ? one : other;
    }
}
