package io.ratemesh.balancer.upstream;

/**
 * What happened to the requests for one upstream since it is known, on one loop or on all. The words in brackets are
 * HAProxy's. A request is never sent to the same upstream twice, so its {@code wretr} is always 0.
 *
 * @param inFlight under way now (scur)
 * @param maxInFlight under way at once at most, over all loops (smax)
 * @param requests sent there (stot, lbtot)
 * @param connectErrors connects that it refused or did not take in time (econ)
 * @param responseErrors answers that never came or were garbled (eresp)
 * @param serverAborts answers that broke off after they had begun (srv_abrt)
 * @param clientAborts requests whose client did not wait for the end (cli_abrt)
 * @param redispatches requests that failed there and went to another (wredis)
 * @param bytesIn body bytes to it (bin)
 * @param bytesOut body bytes from it (bout)
 * @param lastRequestNanos when the last one was sent, in the pool's time; {@link #NEVER} where none was (lastsess)
 * @param responses what it answered (hrsp_*)
 */
public record UpstreamCounts(
        long inFlight,
        long maxInFlight,
        long requests,
        long connectErrors,
        long responseErrors,
        long serverAborts,
        long clientAborts,
        long redispatches,
        long bytesIn,
        long bytesOut,
        long lastRequestNanos,
        ResponseCounts responses) {

    /** Says that no request was sent. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Nothing counted. */
    public static final UpstreamCounts NONE =
            new UpstreamCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NEVER, ResponseCounts.NONE);

    /** Both together; of what was under way at most, the greater. */
    public UpstreamCounts plus(UpstreamCounts other) {
        return new UpstreamCounts(
                inFlight + other.inFlight,
                Math.max(maxInFlight, other.maxInFlight),
                requests + other.requests,
                connectErrors + other.connectErrors,
                responseErrors + other.responseErrors,
                serverAborts + other.serverAborts,
                clientAborts + other.clientAborts,
                redispatches + other.redispatches,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                later(lastRequestNanos, other.lastRequestNanos),
                responses.plus(other.responses));
    }

    private static long later(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return one == NEVER ? other : one;
        }
        return one - other >= 0 ? one : other;
    }
}
