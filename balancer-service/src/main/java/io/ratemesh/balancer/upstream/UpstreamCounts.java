package io.ratemesh.balancer.upstream;

/**
 * Counts of the requests to one upstream since the start, on one event loop or on all. HAProxy's columns are in brackets. A request is never sent to the same upstream twice, so its {@code wretr} is always 0.
 *
 * @param inFlight under way now (scur)
 * @param maxInFlight the most that were under way at once, over all loops (smax)
 * @param requests sent there (stot, lbtot)
 * @param connectErrors connections that were refused or timed out (econ)
 * @param responseErrors responses that were missing or invalid (eresp)
 * @param serverAborts responses that the server aborted after their head (srv_abrt)
 * @param clientAborts requests that the client aborted (cli_abrt)
 * @param redispatches failed requests that were sent to another upstream (wredis)
 * @param bytesIn body bytes to it (bin)
 * @param bytesOut body bytes from it (bout)
 * @param lastRequestNanos when the last request was sent, in the pool's time; {@link #NEVER} for none (lastsess)
 * @param responses by status class (hrsp_*)
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

    /** No request was sent. */
    public static final long NEVER = Long.MIN_VALUE;

    /** All zero. */
    public static final UpstreamCounts NONE =
            new UpstreamCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NEVER, ResponseCounts.NONE);

    /** The sum of both; the maximum of {@code maxInFlight}. */
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
